// Numbers for people, and what follows from two readings of counters.

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

export const count = (n) => (Math.abs(n) < 10000 ? plain.format(Math.abs(n) < 100 ? n : Math.round(n)) : compact.format(n));

export function bytes(n) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (Math.abs(n) >= 1024 && unit < units.length - 1) {
    n /= 1024;
    unit++;
  }
  return `${plain.format(n >= 100 || unit === 0 ? Math.round(n) : n)} ${units[unit]}`;
}

export function duration(micros) {
  if (micros === null || micros === undefined) return '–';
  if (micros === 0) return '0';
  if (micros < 1000) return `${Math.round(micros)} µs`;
  if (micros < 1e6) return `${plain.format(micros < 1e4 ? micros / 1000 : Math.round(micros / 1000))} ms`;
  return `${plain.format(micros / 1e6)} s`;
}

export function age(millis) {
  const seconds = Math.floor(millis / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 86400)} d ${Math.floor((seconds % 86400) / 3600)} h`;
}

export const percent = (share) => `${plain.format(share < 0.1 ? share * 100 : Math.round(share * 100))} %`;

/** Where `share` of what was counted between two histograms lies, in microseconds; null if nothing was. */
export function percentile(before, now, share) {
  const total = now.count - before.count;
  if (total <= 0) return null;
  const earlier = new Map(before.at_most);
  let lower = 0;
  let below = 0;
  for (const [bound, countNow] of now.at_most) {
    const here = countNow - (earlier.get(bound) || 0);
    if (here >= share * total) {
      const within = here - below;
      return within > 0 ? lower + ((bound - lower) * (share * total - below)) / within : bound;
    }
    lower = bound;
    below = here;
  }
  return lower;
}

const sum = (list, of) => list.reduce((total, each) => total + of(each), 0);

/** What two readings of one node say about the time between them. */
export function rates(before, now) {
  const seconds = Math.max(0.001, (now.at - before.at) / 1000);
  const perSecond = (of) => Math.max(0, (of(now) - of(before)) / seconds);
  const all = (key) => (stats) => sum(stats.protocols, (protocol) => protocol[key]);
  return {
    at: now.at,
    connections: now.connections,
    sessions: now.sessions,
    byProtocol: Object.fromEntries(now.protocols.map((protocol) => [protocol.name, protocol.connections])),
    messagesIn: perSecond(all('messages_in')),
    messagesOut: perSecond(all('messages_out')),
    bytesIn: perSecond(all('bytes_in')),
    bytesOut: perSecond(all('bytes_out')),
    queued: all('queued')(now),
    dropped: perSecond((stats) => sum(stats.protocols, (protocol) => sum(Object.values(protocol.dropped), (n) => n)) + stats.missed),
    slow: perSecond((stats) => sum(stats.protocols, (protocol) => protocol.ended.too_slow || 0)),
    requests: perSecond((stats) => stats.requests.count),
    failed: perSecond((stats) => stats.requests.failed),
    requestP50: percentile(before.requests, now.requests, 0.5),
    requestP99: percentile(before.requests, now.requests, 0.99),
    deliveryP50: percentile(before.delivery, now.delivery, 0.5),
    deliveryP99: percentile(before.delivery, now.delivery, 0.99),
    loops: now.loops.map((loop, i) => Math.min(1, Math.max(0, (loop.busy - (before.loops[i] || loop).busy) / 1e6 / seconds))),
    heap: now.memory.heap,
    heapMax: now.memory.heap_max,
    buffers: now.memory.direct,
    direct: now.memory.jvm_direct || 0,
  };
}

const KEPT = 300;
const GONE_AFTER = 5000;
const FORGOTTEN_AFTER = 600000;
/** Latencies are of the last so many readings: of one second alone they would jump. */
const WINDOW = 10;

/** The readings of every node, five minutes of them. */
export class History {
  constructor() {
    this.nodes = new Map();
  }

  add(stats) {
    const node = this.nodes.get(stats.node) || { readings: [], points: [] };
    const last = node.readings[node.readings.length - 1];
    if (last && stats.at <= last.at) return;
    if (last && stats.uptime < last.uptime) node.readings = []; // it has been started anew
    node.readings.push(stats);
    if (node.readings.length > WINDOW + 1) node.readings.shift();
    const before = node.readings[node.readings.length - 2];
    if (before) {
      const point = rates(before, stats);
      const wide = rates(node.readings[0], stats);
      for (const key of ['requestP50', 'requestP99', 'deliveryP50', 'deliveryP99']) point[key] = wide[key];
      node.points.push(point);
      if (node.points.length > KEPT) node.points.shift();
    }
    node.latest = stats;
    node.heard = Date.now();
    this.nodes.set(stats.node, node);
    for (const [name, { heard }] of this.nodes) {
      if (node.heard - heard > FORGOTTEN_AFTER) this.nodes.delete(name);
    }
  }

  /** Nodes that are heard of, by name. */
  live() {
    return [...this.nodes.entries()]
      .map(([name, node]) => ({ name, ...node, isGone: Date.now() - node.heard > GONE_AFTER }))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** The points of one node, or of all nodes together. */
  points(name) {
    if (name !== 'all') return (this.nodes.get(name) || { points: [] }).points;
    const nodes = this.live().filter((node) => !node.isGone && node.points.length);
    if (nodes.length <= 1) return nodes.length ? nodes[0].points : [];
    const length = Math.min(...nodes.map((node) => node.points.length));
    return Array.from({ length }, (_, i) => together(nodes.map((node) => node.points[node.points.length - length + i])));
  }
}

function together(points) {
  const all = { ...points[0], byProtocol: {}, loops: points.flatMap((point) => point.loops) };
  for (const key of ['connections', 'sessions', 'messagesIn', 'messagesOut', 'bytesIn', 'bytesOut', 'queued', 'dropped', 'slow', 'requests', 'failed', 'heap', 'heapMax', 'buffers', 'direct']) {
    all[key] = sum(points, (point) => point[key]);
  }
  for (const key of ['requestP50', 'requestP99', 'deliveryP50', 'deliveryP99']) {
    const known = points.map((point) => point[key]).filter((value) => value !== null);
    all[key] = known.length ? Math.max(...known) : null;
  }
  for (const point of points) {
    for (const [name, n] of Object.entries(point.byProtocol)) all.byProtocol[name] = (all.byProtocol[name] || 0) + n;
  }
  return all;
}
