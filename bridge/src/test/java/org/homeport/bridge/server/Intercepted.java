package org.homeport.bridge.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.homeport.bridge.engine.ContainerEngine;

/** An engine with something in between that can count calls, fail, hang, or end the world. */
final class Intercepted {
  private Intercepted() {}

  /** What comes between. */
  interface Interceptor {
    /** Runs around a call; does it by {@code call}. */
    Object around(String method, Object[] arguments, Call call) throws Throwable;
  }

  /** The call itself. */
  interface Call {
    Object proceed() throws Throwable;
  }

  static ContainerEngine engine(ContainerEngine real, Interceptor interceptor) {
    return (ContainerEngine)
        Proxy.newProxyInstance(
            ContainerEngine.class.getClassLoader(),
            new Class<?>[] {ContainerEngine.class},
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
                    }));
  }
}
