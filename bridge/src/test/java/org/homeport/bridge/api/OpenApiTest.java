package org.homeport.bridge.api;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.homeport.bridge.token.Scope;
import org.homeport.bridge.web.Endpoints;
import org.homeport.bridge.web.Route;
import org.junit.jupiter.api.Test;

/**
 * The description of the API and the list of its routes say the same. The pages are in neither:
 * they are for people who signed in at the hub, are answered in HTML that changes with what is
 * shown, and do nothing that the API cannot do too.
 */
class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** Of the routes nothing but the list is looked at, so that nothing has to be behind them. */
  private static final List<Endpoints> ALL =
      List.of(
          new HealthEndpoints(null),
          new ServerEndpoints(null, null, null),
          new PlanEndpoints(null, null),
          new EnvironmentEndpoints(null, null, null),
          new UserEndpoints(null, null, null, null),
          new BackupEndpoints(null, null, null),
          new DriveEndpoints(Optional.empty()),
          new TokenEndpoints(null),
          new MetricsEndpoint(List.of()));

  @Test
  void everyRouteIsDescribed() {
    var described = operations();
    for (var route : routes().keySet()) {
      assertThat(described)
          .as(
              "%s is a route that is not in openapi.yaml: add it there, below paths, with"
                  + " operationId, summary, tags, security, parameters and responses",
              route)
          .containsKey(route);
    }
  }

  @Test
  void nothingElseIsDescribed() {
    var routes = routes();
    for (var operation : operations().keySet()) {
      assertThat(routes)
          .as("%s is in openapi.yaml and is not a route: remove it, or add the route", operation)
          .containsKey(operation);
    }
  }

  @Test
  void everyRouteIsOpenToTheScopesThatAreDescribed() {
    var described = operations();
    routes()
        .forEach(
            (name, route) ->
                assertThat(scopes(described.get(name)))
                    .as("security of %s in openapi.yaml", name)
                    .isEqualTo(route.scopes()));
  }

  @Test
  void everyRouteHasTheParametersThatAreDescribed() {
    var described = operations();
    routes()
        .forEach(
            (name, route) ->
                assertThat(query(described.get(name)))
                    .as("query parameters of %s in openapi.yaml", name)
                    .isEqualTo(route.query()));
  }

  @Test
  void everyOperationHasANameOfItsOwn() {
    var names = new HashSet<String>();
    operations()
        .forEach(
            (name, operation) ->
                assertThat(names.add(operation.path("operationId").asText())).as(name).isTrue());
  }

  private static Map<String, Route> routes() {
    return ALL.stream()
        .flatMap(endpoints -> endpoints.routes().stream())
        .collect(toMap(route -> route.method() + " " + route.path(), route -> route));
  }

  private static Map<String, JsonNode> operations() {
    var operations = new TreeMap<String, JsonNode>();
    document()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(entry -> METHODS.contains(entry.getKey()))
                    .forEach(
                        entry ->
                            operations.put(
                                entry.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                entry.getValue())));
    return operations;
  }

  private static Set<Scope> scopes(JsonNode operation) {
    var scopes = new HashSet<Scope>();
    for (var alternative : operation.path("security")) {
      scopes.add(Scope.of(alternative.path("token").path(0).asText()));
    }
    return scopes;
  }

  private static Set<String> query(JsonNode operation) {
    var names = new HashSet<String>();
    for (var parameter : operation.path("parameters")) {
      var reference = parameter.path("$ref").asText();
      var found = reference.isEmpty() ? parameter : document().at(reference.substring(1));
      if (found.path("in").asText().equals("query")) {
        names.add(found.path("name").asText());
      }
    }
    return names;
  }

  private static JsonNode document() {
    try {
      return new ObjectMapper().readTree(OpenApi.json("1"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
