import { h, Fragment } from 'preact';
import { useState } from 'preact/hooks';
import { ChartPanel } from './chart-panel.js';
import { age, bytes, count, duration, percent } from './figures.js';
import { Empty, NodeChoice, Panel, Scroll, Tag, Tile } from './parts.js';

const perSecond = (n) => `${count(n)}/s`;
const bytesPerSecond = (n) => `${bytes(n)}/s`;
const average = (list) => (list.length ? list.reduce((a, b) => a + b, 0) / list.length : 0);

export function Overview({ history, theme }) {
  const [wanted, choose] = useState('all');
  const nodes = history.live();
  const chosen = nodes.some(({ name }) => name === wanted) ? wanted : 'all';
  const points = history.points(chosen);
  const now = points[points.length - 1];
  if (!now) return h(Empty, { title: 'Waiting for the first figures' }, 'They come once a second over the WebSocket of the hub.');
  const protocols = Object.keys(now.byProtocol);
  const loops = now.loops.map((_, i) => ({ name: `loop ${i}`, of: (point) => point.loops[i] }));
  return h(Fragment, null,
    h(NodeChoice, { history, chosen, choose, all: 'All nodes' }),
    h('dl', { class: 'tiles', 'data-testid': 'tiles' },
      h(Tile, { name: 'Connections', value: count(now.connections) }),
      h(Tile, { name: 'Messages in', value: perSecond(now.messagesIn) }),
      h(Tile, { name: 'Messages out', value: perSecond(now.messagesOut) }),
      h(Tile, { name: 'Requests', value: perSecond(now.requests), note: now.failed > 0 ? `${count(now.failed)}/s failed` : null, kind: now.failed > 0 ? 'bad' : '' }),
      h(Tile, { name: 'Request p99', value: duration(now.requestP99) }),
      h(Tile, { name: 'Delivery p99', value: duration(now.deliveryP99) }),
      h(Tile, { name: 'Loops busy', value: percent(average(now.loops)), kind: average(now.loops) > 0.9 ? 'bad' : '' }),
      h(Tile, { name: 'Dropped', value: perSecond(now.dropped), kind: now.dropped > 0 ? 'bad' : '' })),
    h('div', { class: 'grid' },
      h(ChartPanel, { title: 'Connections', theme, points, format: count, isStacked: true, series: protocols.map((name) => ({ name, of: (point) => point.byProtocol[name] || 0 })) }),
      h(ChartPanel, { title: 'Messages a second', theme, points, format: count, series: [{ name: 'in', of: (point) => point.messagesIn }, { name: 'out', of: (point) => point.messagesOut }] }),
      h(ChartPanel, { title: 'Bytes a second', theme, points, format: bytes, series: [{ name: 'in', of: (point) => point.bytesIn }, { name: 'out', of: (point) => point.bytesOut }] }),
      h(ChartPanel, { title: 'Latency', theme, points, format: duration, series: [
        { name: 'request p50', of: (point) => point.requestP50 }, { name: 'request p99', of: (point) => point.requestP99 },
        { name: 'delivery p50', of: (point) => point.deliveryP50 }, { name: 'delivery p99', of: (point) => point.deliveryP99 }] }),
      h(ChartPanel, { title: 'Event loops', theme, points, format: percent, series: loops }),
      h(ChartPanel, { title: 'Memory', theme, points, format: bytes, series: [{ name: 'heap', of: (point) => point.heap }, { name: 'buffers', of: (point) => point.buffers }, { name: 'JVM direct', of: (point) => point.direct }] })),
    h(Nodes, { nodes }));
}

function Nodes({ nodes }) {
  return h(Panel, { title: 'Nodes', wide: true },
    h(Scroll, { name: 'Nodes' }, h('table', { 'data-testid': 'nodes' },
      h('thead', null, h('tr', null, ['Node', 'State', 'Up', 'Connections', 'Messages in', 'Messages out', 'Bytes in', 'Bytes out', 'p99', 'Loops', 'Heap'].map((name, i) => h('th', { key: name, scope: 'col', class: i > 1 ? 'number' : '' }, name)))),
      h('tbody', null, nodes.map((node) => h(Row, { key: node.name, node }))))));
}

function Row({ node }) {
  const point = node.points[node.points.length - 1];
  const { latest } = node;
  const state = node.isGone ? h(Tag, { kind: 'bad' }, 'gone') : latest.broker === "up" ? h(Tag, { kind: 'good' }, 'up') : h(Tag, { kind: 'warn' }, 'degraded');
  const cells = point && !node.isGone
    ? [perSecond(point.messagesIn), perSecond(point.messagesOut), bytesPerSecond(point.bytesIn), bytesPerSecond(point.bytesOut), duration(point.requestP99), percent(average(point.loops)), `${bytes(point.heap)} of ${bytes(point.heapMax)}`]
    : ['–', '–', '–', '–', '–', '–', '–'];
  return h('tr', null,
    h('th', { scope: 'row' }, node.name),
    h('td', { title: latest.broker_detail }, state),
    [age(latest.uptime), count(latest.connections), ...cells].map((cell, i) => h('td', { key: i, class: 'number' }, cell)));
}
