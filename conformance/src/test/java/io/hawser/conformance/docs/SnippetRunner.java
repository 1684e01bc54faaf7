package io.hawser.conformance.docs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs the blocks of pages, each page on a thread of its own, and ends with how many failed.
final class SnippetRunner {
    private static final String BLOCK = "line";

    private SnippetRunner() {}

    public static void main(String... classes) throws Exception {
        int failed = 0;
        for (String name : classes) {
            for (String result : run(Class.forName(name))) {
                System.out.println(name + " " + result);
                if (!result.endsWith("ok")) failed++;
            }
        }
        System.out.flush();
        Runtime.getRuntime().halt(Math.min(failed, 100));
    }

    private static List<String> run(Class<?> page) throws Exception {
        Object instance = page.getConstructor().newInstance();
        List<Method> blocks = new ArrayList<>(Arrays.asList(page.getMethods()));
        blocks.removeIf(method -> !method.getName().matches(BLOCK + "\\d+"));
        blocks.sort(Comparator.comparingInt(
                method -> Integer.parseInt(method.getName().substring(BLOCK.length()))));
        List<String> results = new ArrayList<>();
        for (Method block : blocks) results.add(block.getName() + " " + outcome(instance, block));
        return results;
    }

    private static String outcome(Object instance, Method block) throws InterruptedException {
        FutureTask<Object> run = new FutureTask<>(() -> block.invoke(instance));
        Thread.ofPlatform().daemon().name("docs").start(run);
        try {
            run.get(30, TimeUnit.SECONDS);
            return "ok";
        } catch (TimeoutException e) {
            return "takes more than 30 s";
        } catch (ExecutionException e) {
            Throwable cause =
                    e.getCause() instanceof InvocationTargetException thrown ? thrown.getCause() : e.getCause();
            cause.printStackTrace();
            return "failed: " + cause;
        }
    }
}
