package org.homeport.bridge.web;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Set;
import org.homeport.bridge.token.Scope;

/**
 * One thing that the API can do.
 *
 * @param scopes of the tokens that may do it; none at all opens it to everyone who can connect
 * @param query the parameters that its address may have
 */
public record Route(
    HandlerType method, String path, Set<Scope> scopes, Set<String> query, Handler handler) {
  public static final Set<Scope> ANYONE = Set.of();
  public static final Set<Scope> HUB = Set.of(Scope.HUB, Scope.ADMIN);
  public static final Set<Scope> HUB_OR_READER = Set.of(Scope.HUB, Scope.READ, Scope.ADMIN);
  public static final Set<Scope> READER = Set.of(Scope.READ, Scope.ADMIN);
  public static final Set<Scope> ADMIN = Set.of(Scope.ADMIN);

  public Route {
    scopes = Set.copyOf(scopes);
    query = Set.copyOf(query);
  }

  public static Route get(String path, Set<Scope> scopes, Handler handler) {
    return new Route(HandlerType.GET, path, scopes, Set.of(), handler);
  }

  public static Route post(String path, Set<Scope> scopes, Handler handler) {
    return new Route(HandlerType.POST, path, scopes, Set.of(), handler);
  }

  public static Route delete(String path, Set<Scope> scopes, Handler handler) {
    return new Route(HandlerType.DELETE, path, scopes, Set.of(), handler);
  }

  /** Returns this route with the parameters that its address may have. */
  public Route asking(String... names) {
    return new Route(method, path, scopes, Set.of(names), handler);
  }
}
