package org.homeport.bridge.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Something with a thing in between that can count calls, fail, hang, or end the world. */
final class Intercepted {
  private Intercepted() {}

  /** A thing that comes between. */
  interface Interceptor {
    /** Runs around a call; does it by {@code call}. */
    Object around(String method, Object[] arguments, Call call) throws Throwable;
  }

  /** The call itself. */
  interface Call {
    Object proceed() throws Throwable;
  }

  static <T> T of(Class<T> type, T real, Interceptor interceptor) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                interceptor.around(
                    method.getName(),
                    arguments == null ? new Object[0] : arguments,
                    () -> {
                      try {
                        return method.invoke(real, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    })));
  }
}
