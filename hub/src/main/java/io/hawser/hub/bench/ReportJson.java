package io.hawser.hub.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Reports for programs: one JSON object on one line, every number with its unit in its name.
public final class ReportJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ReportJson() {}

    /// A run under load.
    public static String of(LoadReport report) {
        var json = new LinkedHashMap<String, Object>();
        json.put("protocol", report.protocol());
        json.put("target", report.target());
        json.put("config", config(report.config()));
        json.put("connected", report.connected());
        json.put("messages", report.messages());
        json.put("messageBytes", report.messageBytes());
        json.put("messagesPerSecond", report.messagesPerSecond());
        json.put("bytesPerSecond", report.bytesPerSecond());
        json.put("latencyMicros", report.latency().toMicros());
        json.put("unsent", report.unsent());
        json.put("clientCpuMicrosPerMessage", report.clientCpuMicrosPerMessage());
        json.put("clientCores", report.clientCores());
        report.serverCpuMicrosPerMessage().ifPresent(micros -> json.put("serverCpuMicrosPerMessage", micros));
        report.serverCores().ifPresent(cores -> json.put("serverCores", cores));
        json.put("faults", report.faults());
        return JSON.writeValueAsString(json);
    }

    /// What holding connections gave.
    public static String of(HoldReport report) {
        var json = new LinkedHashMap<String, Object>();
        json.put("protocol", report.protocol());
        json.put("target", report.target());
        json.put("planned", report.planned());
        json.put("established", report.established());
        json.put("connectsPerSecond", report.connectsPerSecond());
        json.put("latencyMicros", report.latency().toMicros());
        json.put("faults", report.faults());
        return JSON.writeValueAsString(json);
    }

    private static Map<String, Object> config(LoadConfig config) {
        var json = new LinkedHashMap<String, Object>();
        json.put("connections", config.connections());
        json.put("window", config.window());
        config.ratePerSecond().ifPresent(rate -> json.put("ratePerSecond", rate));
        json.put("payloadBytes", config.payloadBytes());
        json.put("durationSeconds", config.duration().toNanos() / 1e9);
        json.put("warmupSeconds", config.warmup().toNanos() / 1e9);
        json.put("threads", config.threads());
        json.put("batch", config.batch());
        return json;
    }
}
