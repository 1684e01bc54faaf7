import { h, Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { rest } from './hub.js';
import { bytes, count, duration, percent, percentile } from './figures.js';
import { Empty, Example, Failure, NodeChoice, ofNode, Panel, Scroll, Tag, useNode, usePolled } from './parts.js';

const EXAMPLE = `hub.upstreams {
  shop {
    path = "/shop"
    endpoints = ["http://127.0.0.1:8081", "http://127.0.0.1:8082"]
    health { path = "/health", interval = 5s }
  }
}`;
/** Rates and latencies are of the last so many readings. */
const KEPT = 6;

export function Upstreams({ history }) {
  const at = useNode(history);
  const { value, error } = usePolled(() => rest('GET', `/api/v1/upstreams?${at.query}`), 2000, [at.query]);
  at.stay(value?.node);
  const earlier = useEarlier(value);
  const choice = h(NodeChoice, { history, chosen: at.node, choose: at.choose });
  if (!value) return h(Failure, { what: 'The upstreams cannot be read', error });
  if (value.upstreams.length === 0) {
    return h(Fragment, null, choice, h(Panel, { title: 'Upstreams', wide: true, note: ofNode(history, value) }, h(Empty, { title: 'This hub stands in front of nobody' },
      'Name services in its configuration file: it reads a change of the file while it runs, and their endpoints, breakers and latencies appear here.', h(Example, null, EXAMPLE))));
  }
  return h(Fragment, null, choice, h(Failure, { what: 'The upstreams cannot be read', error }),
    value.upstreams.map((upstream) => h(Upstream, { key: upstream.name, upstream, where: ofNode(history, value), before: earlier?.upstreams.find((each) => each.name === upstream.name), seconds: earlier ? (value.at - earlier.at) / 1000 : 0 })));
}

/** The oldest of the last few values of the same node. */
function useEarlier(value) {
  const readings = useRef([]);
  const [oldest, set] = useState(null);
  useEffect(() => {
    if (!value) return;
    readings.current = [...readings.current.filter(({ node }) => node === value.node), value].slice(-KEPT);
    set(readings.current[0] === value ? null : readings.current[0]);
  }, [value]);
  return oldest;
}

function Upstream({ upstream, where, before, seconds }) {
  const { requests, retry_budget: budget, cache } = upstream;
  const asked = before && seconds > 0 ? requests.count - before.requests.count : 0;
  const figures = [
    ['Requests', asked > 0 ? `${count(asked / seconds)}/s` : '0/s'],
    ['p50', asked > 0 ? duration(percentile(before.requests, requests, 0.5)) : '–'],
    ['p99', asked > 0 ? duration(percentile(before.requests, requests, 0.99)) : '–'],
    ['Failed', asked > 0 ? percent((requests.failed - before.requests.failed) / asked) : '–'],
    ['Retry budget', `${budget.left} of ${budget.capacity}`],
    ...(cache ? [['Cache hits', cache.hits + cache.misses > 0 ? percent(cache.hits / (cache.hits + cache.misses)) : '–'], ['Cached', bytes(cache.bytes)]] : []),
  ];
  return h(Panel, { title: upstream.name, wide: true, note: [h('code', null, upstream.path), ' ', where], actions: h(Tag, null, upstream.balance.replaceAll('_', ' ')) },
    h('dl', { class: 'strip', 'data-testid': `figures-${upstream.name}` }, figures.map(([name, figure]) => h('div', { key: name }, h('dt', null, name), h('dd', null, figure)))),
    h(Scroll, { name: `Endpoints of ${upstream.name}` }, h('table', { class: 'even', 'data-testid': `endpoints-${upstream.name}` },
      h('thead', null, h('tr', null, ['Endpoint', 'State', 'Breaker', 'In flight', 'Latency'].map((name, i) => h('th', { key: name, scope: 'col', class: i > 2 ? 'number' : '' }, name)))),
      h('tbody', null, upstream.endpoints.map((each) => h(Endpoint, { key: each.endpoint, each }))))),
    !upstream.checked && h('p', { class: 'muted' }, 'Nobody asks these endpoints how they are: ', h('code', null, 'health { path = "/health" }'), ' would find one that is ill before a request does.'));
}

const BREAKERS = { closed: ['good', 'closed'], open: ['bad', 'open'], half_open: ['warn', 'half open'], forced_open: ['bad', 'forced open'], forced_closed: ['warn', 'forced closed'] };

function Endpoint({ each }) {
  const [kind, state] = each.ejected ? ['bad', 'ejected'] : each.healthy ? ['good', 'up'] : ['bad', 'ill'];
  const [breakerKind, breaker] = BREAKERS[each.breaker] || ['warn', each.breaker];
  return h('tr', null,
    h('th', { scope: 'row' }, each.endpoint),
    h('td', null, h(Tag, { kind }, state)), h('td', null, h(Tag, { kind: breakerKind }, breaker)),
    h('td', { class: 'number' }, count(each.concurrent)), h('td', { class: 'number' }, each.latency_ms > 0 ? duration(each.latency_ms * 1000) : '–'));
}
