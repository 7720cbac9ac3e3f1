package org.homeport.bridge.remote.drive.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One account at the fake Drive, as its owner sees it in a browser. */
public final class FakeAccount {
  private static final String OWNER = "";

  /** A file that lies in the Drive, not in its trash. */
  public record Item(String id, String path, String type, long size, String md5, int versions) {}

  final Corpus corpus;
  private final String email;
  private final Path folder;
  private final Tokens tokens;

  FakeAccount(String email, Corpus corpus, Path folder, Tokens tokens) {
    this.email = email;
    this.corpus = corpus;
    this.folder = folder;
    this.tokens = tokens;
  }

  public String email() {
    return email;
  }

  /** Every file and folder outside the trash, twins too. */
  public List<Item> items() {
    return corpus.all().stream().filter(file -> !file.isTrashed()).map(FakeAccount::item).toList();
  }

  /** The files outside the trash, without the folders. */
  public List<Item> files() {
    return items().stream().filter(item -> item.versions() > 0).toList();
  }

  /** MD5 by path; fails when two files have one path. */
  public Map<String, String> tree() {
    var tree = new TreeMap<String, String>();
    for (var item : items()) {
      if (tree.put(item.path(), item.md5()) != null) {
        throw new AssertionError("Two objects at " + item.path());
      }
    }
    return tree;
  }

  public byte[] read(String path) {
    try (var in = at(path).current().blob.open(0)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The owner changes a file in the browser. */
  public void edit(String path, byte[] content) {
    try {
      corpus.update(
          at(path), JsonNodeFactory.instance.objectNode(), OWNER, Blob.of(folder, content), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void rename(String path, String name) {
    corpus.update(
        at(path), JsonNodeFactory.instance.objectNode().put("name", name), OWNER, null, false);
  }

  public void trash(String path) {
    corpus.update(
        at(path), JsonNodeFactory.instance.objectNode().put("trashed", true), OWNER, null, false);
  }

  /** The owner makes a folder at the top, which no application sees. */
  public void makeFolder(String name) {
    corpus.create(
        JsonNodeFactory.instance.objectNode().put("name", name).put("mimeType", StoredFile.FOLDER),
        OWNER,
        null,
        false);
  }

  /** The owner moves what lies at the path into a folder. */
  public void move(String path, String folder) {
    corpus.move(at(path), at(folder));
  }

  /** Tells whether the version with this content is kept permanently, in the trash too. */
  public boolean isKept(String path, byte[] content) throws IOException {
    var md5 = Blob.of(folder, content).md5();
    return at(path).versions.stream().anyMatch(each -> each.kept && each.blob.md5().equals(md5));
  }

  /** The owner deletes for good what lies at the path, in the trash or not. */
  public void removeForGood(String path) {
    corpus.remove(at(path));
  }

  /** The owner uploads a file that no application made. */
  public void upload(String name, byte[] content) {
    try {
      corpus.create(
          JsonNodeFactory.instance.objectNode().put("name", name),
          OWNER,
          Blob.of(folder, content),
          false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets how many bytes the account may hold. */
  public void limit(long bytes) {
    corpus.limit(bytes);
  }

  /** The owner removes all applications in Google's settings. */
  public void revokeAll() {
    tokens.revokeAll(email);
  }

  /** A token of that client for this account with the usual scope, without the consent page. */
  public String refreshToken(String client) {
    return tokens.refreshToken(new Tokens.Grant(email, client, Tokens.DRIVE_FILE));
  }

  public String accessToken(String client) {
    return tokens.accessToken(new Tokens.Grant(email, client, Tokens.DRIVE_FILE));
  }

  /** A token that shows everything, as other programs ask for it. */
  public String fullAccessToken(String client) {
    return tokens.accessToken(new Tokens.Grant(email, client, Tokens.DRIVE));
  }

  /** Finds the object at the path; one in the trash only if there is no other. */
  private StoredFile at(String path) {
    return corpus.all().stream()
        .filter(file -> file.path().equals(path))
        .min(Comparator.comparing(StoredFile::isTrashed))
        .orElseThrow(() -> new AssertionError("Nothing at " + path + " in " + email));
  }

  private static Item item(StoredFile file) {
    var folder = file.versions.isEmpty();
    return new Item(
        file.id,
        file.path(),
        file.mimeType,
        folder ? 0 : file.current().blob.size(),
        folder ? "" : file.current().blob.md5(),
        file.versions.size());
  }
}
