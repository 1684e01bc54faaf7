package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.http.BatchFormat;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.Method;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Batches as arrays of JSON. Source: of this project
///
/// @param url of the batch endpoint
public record JsonBatch(String url) implements BatchFormat {
    private static final String SOURCE = "the batch format";

    @Override
    public boolean takes(Request request) {
        if (request.method().equals(Method.GET)) return true;
        String type = request.headers().value(Names.CONTENT_TYPE, "");
        return type.startsWith("application/json") || type.startsWith("text/");
    }

    @Override
    public Request join(List<Request> requests) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (Request request : requests) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("method", request.method().name());
            item.put("target", Targets.withQuery(request.rawPath(), request.rawQuery()));
            Map<String, String> headers = new LinkedHashMap<>();
            request.headers().forEach((name, value) -> headers.merge(name, value, (one, more) -> one + ", " + more));
            item.put("headers", headers);
            Bytes body = request.body().bytes();
            if (!body.isEmpty()) item.put("body", body.toUtf8());
            items.add(item);
        }
        return Request.post(url, Body.json(items));
    }

    @Override
    public List<Response> split(Response response, int count) {
        try (Body body = response.body()) {
            if (response.status() != Status.OK)
                throw new ProtocolError(Status.BAD_GATEWAY, url + " answered " + response, SOURCE);
            List<?> items = body.as(List.class);
            if (items.size() != count) {
                throw new ProtocolError(0, items.size() + " answers to " + count + " requests", SOURCE);
            }
            List<Response> responses = new ArrayList<>();
            for (Object item : items) responses.add(one(item));
            return responses;
        } catch (ProtocolError unreadable) {
            throw AnswerFault.ofReading(unreadable);
        }
    }

    private static Response one(Object item) {
        try {
            return answer(item);
        } catch (IllegalArgumentException invalid) {
            throw new ProtocolError(0, "an answer with an invalid " + invalid.getMessage(), SOURCE);
        }
    }

    private static Response answer(Object item) {
        if (!(item instanceof Map<?, ?> answer) || !(answer.get("status") instanceof Integer status)) {
            throw new ProtocolError(0, "an answer without a status", SOURCE);
        }
        Headers.Builder headers = Headers.builder();
        if (answer.get("headers") instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> headers.add(String.valueOf(name), String.valueOf(value)));
        }
        Body body = answer.get("body") instanceof String text ? Body.of(Bytes.ofUtf8(text)) : Body.empty();
        return Response.of(status, headers.build(), body);
    }
}
