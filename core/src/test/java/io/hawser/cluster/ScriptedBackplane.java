package io.hawser.cluster;

import java.lang.reflect.Proxy;
import java.util.concurrent.CopyOnWriteArrayList;

/// A backplane whose feed is interrupted when a test says so.
final class ScriptedBackplane {
    private final CopyOnWriteArrayList<BackplaneListener> listeners = new CopyOnWriteArrayList<>();
    private final Backplane backplane;

    ScriptedBackplane(Backplane real) {
        this.backplane = (Backplane) Proxy.newProxyInstance(
                Backplane.class.getClassLoader(), new Class<?>[] {Backplane.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("listen")) listeners.add((BackplaneListener) arguments[0]);
                    return method.invoke(real, arguments);
                });
    }

    Backplane backplane() {
        return backplane;
    }

    void interrupt() {
        listeners.forEach(BackplaneListener::interrupted);
    }
}
