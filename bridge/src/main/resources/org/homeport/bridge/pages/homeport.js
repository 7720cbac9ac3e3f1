"use strict";
// The theme is the one that the hub's own pages remember.
const THEME = "jupyterhub-bs-theme";
const systemIsDark = window.matchMedia("(prefers-color-scheme: dark)");

function showTheme() {
  const chosen = localStorage.getItem(THEME);
  const isChosen = chosen === "dark" || chosen === "light";
  const theme = isChosen ? chosen : systemIsDark.matches ? "dark" : "light";
  document.documentElement.setAttribute("data-bs-theme", theme);
}

function switchTheme() {
  const now = document.documentElement.getAttribute("data-bs-theme");
  localStorage.setItem(THEME, now === "dark" ? "light" : "dark");
  showTheme();
}

// Times come in UTC; people read them by their own clock.
const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

function showTimes(root) {
  for (const time of root.querySelectorAll("time[datetime], option[data-time]")) {
    const moment = new Date(time.getAttribute("datetime") || time.dataset.time);
    const text = format.format(moment);
    if (time.tagName === "OPTION") {
      time.textContent = text + (time.dataset.more || "");
    } else {
      time.title = time.textContent;
      time.textContent = text;
    }
  }
}

showTheme();
systemIsDark.addEventListener("change", showTheme);
document.addEventListener("DOMContentLoaded", () => {
  showTimes(document);
  document.getElementById("theme").addEventListener("click", switchTheme);
  document.body.addEventListener("htmx:load", (event) => showTimes(event.detail.elt));
});
