import { h } from 'preact';
import { duration, percent } from './figures.js';
import { Empty, Panel, Scroll, Tag } from './parts.js';

const EXAMPLE = `hub.upstreams {
  shop { path = "/shop", endpoints = ["http://127.0.0.1:8081"] }
}`;

export function Upstreams({ history }) {
  const upstreams = history.live().flatMap((node) => node.latest.upstreams || []);
  return h(Panel, { title: 'Upstreams', wide: true },
    upstreams.length === 0
      ? h(Empty, { title: 'This hub stands in front of nobody' }, 'Name services in its configuration, and their endpoints, breakers and latencies appear here.', h('pre', null, EXAMPLE))
      : upstreams.map((upstream) => h(Endpoints, { key: upstream.name, upstream })));
}

function Endpoints({ upstream }) {
  return h(Scroll, { name: upstream.name }, h('h3', null, upstream.name, ' ', h(Tag, { kind: upstream.breaker === 'closed' ? 'good' : 'bad' }, `breaker ${upstream.breaker}`)),
    h('table', null,
      h('thead', null, h('tr', null, ['Endpoint', 'State', 'In flight', 'Latency', 'Failures'].map((name, i) => h('th', { key: name, scope: 'col', class: i > 1 ? 'number' : '' }, name)))),
      h('tbody', null, upstream.endpoints.map((each) => h('tr', { key: each.endpoint },
        h('th', { scope: 'row' }, each.endpoint), h('td', null, h(Tag, { kind: each.state === 'up' ? 'good' : 'bad' }, each.state)),
        h('td', { class: 'number' }, each.in_flight), h('td', { class: 'number' }, duration(each.latency)), h('td', { class: 'number' }, percent(each.failures)))))));
}
