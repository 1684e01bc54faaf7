import { h } from 'preact';
import { age, percent } from './figures.js';
import { Empty, Example, Failure, hasNodes, ofNodes, Panel, Scroll, Tag, useAlerts } from './parts.js';

const EXAMPLE = `hub.alerts {
  errors { when = "error_ratio > 0.05", over = 1m }
  slow   { when = "slow_readers > 1", over = 5m }
}`;

/** Figures that are parts of a whole. */
const SHARE = /^(error_ratio|loop_use|heap)\b/;

const condition = (when) => (SHARE.test(when) ? when.replace(/[\d.eE-]+$/, (share) => percent(Number(share))) : when);

function now({ value, when }) {
  if (value === undefined) return '–';
  return SHARE.test(when) ? percent(value) : Number(value.toPrecision(3));
}

export function Alerts() {
  const { value, error } = useAlerts(true, 2000);
  const alerts = (value && value.alerts) || [];
  return h(Panel, { title: 'Alerts', wide: true, note: value ? ofNodes(value) : '' },
    h(Failure, { what: 'The alerts cannot be read', error }),
    alerts.length === 0
      ? h(Empty, { title: 'No rule yet' }, 'Rules are in the configuration of the hub. What they find is logged, shown here, and posted to a webhook.', h(Example, null, EXAMPLE))
      : h(Scroll, { name: 'Alerts' }, h('table', { 'data-testid': 'alerts' },
        h('thead', null, h('tr', null, ['Rule', ...(hasNodes(value) ? ['Node'] : []), 'State', 'Now', 'When', 'Over', 'Since'].map((name) => h('th', { key: name, scope: 'col', class: { Now: 'number', When: 'after', Since: 'number' }[name] }, name)))),
        h('tbody', null, alerts.map((alert) => h('tr', { key: `${alert.node} ${alert.name}` },
          h('th', { scope: 'row' }, alert.name), hasNodes(value) && h('td', null, alert.node),
          h('td', null, h(Tag, { kind: { firing: 'bad', pending: 'warn', quiet: 'good' }[alert.state] }, alert.state)),
          h('td', { class: 'number' }, now(alert)),
          h('td', { class: 'after' }, h('code', null, condition(alert.when))), h('td', null, age(alert.over)),
          h('td', { class: 'number' }, alert.since ? age(Date.now() - alert.since) : '–')))))));
}
