import { h, Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { rest } from './hub.js';
import { count } from './figures.js';
import { Pages, Search, usePages } from './list.js';
import { Empty, Failure, Log, NodeChoice, ofNode, Opened, Panel, Scroll, Tag, useNode, usePolled } from './parts.js';

const KEPT = 200;

export function Topics({ feed, history }) {
  const [chosen, choose] = useState(null);
  const earlier = useRef(new Map());
  const at = useNode(history);
  const pages = usePages(at.query);
  const { filter, query } = pages;
  const list = usePolled(() => rest('GET', `/api/v1/topics?${query}`).then((answer) => ({ ...answer, query })), 2000, [query]);
  at.stay(list.value?.node);
  const topics = (list.value && list.value.topics) || [];
  const rate = rated(earlier.current, list.value?.node);
  return h(Fragment, null,
    h(NodeChoice, { history, chosen: at.node, choose: (node) => { at.choose(node); pages.search(filter); } }),
    h('div', { class: 'split' },
    h(Panel, {
      title: 'Topics', wide: true, note: list.value ? `${count(list.value.total)} in all ${ofNode(history, list.value)}` : '',
      actions: h(Search, { what: 'topics', hint: 'Part of the name', pages }),
    },
    h(Failure, { what: 'The topics cannot be read', error: list.error }),
    topics.length === 0 && list.value
      ? h(Empty, { title: filter ? 'No topic matches' : 'No topic yet' }, 'A topic is there as soon as somebody publishes to it: try it in the Playground.')
      : h(Scroll, { name: 'Topics' }, h('table', { 'data-testid': 'topics' },
        h('thead', null, h('tr', null, ['Topic', 'Class', 'Subscribers', 'Messages', 'A second'].map((name, i) => h('th', { key: name, scope: 'col', class: i > 1 ? 'number' : '' }, name)))),
        h('tbody', null, topics.map((topic) => h('tr', { key: topic.topic, class: topic.topic === chosen ? 'chosen' : '' },
          h('th', { scope: 'row' }, h('button', { type: 'button', class: 'link', 'aria-pressed': String(topic.topic === chosen), onClick: () => choose(topic.topic === chosen ? null : topic.topic) }, topic.topic)),
          h('td', null, h(Tag, { kind: topic.class === 'live' ? 'warn' : '' }, topic.class)),
          h('td', { class: 'number' }, count(topic.sessions)),
          h('td', { class: 'number' }, count(topic.messages)),
          h('td', { class: 'number' }, count(rate(topic)))))))),
    h(Pages, { what: 'topics', where: ofNode(history, list.value), pages, answer: list.value })),
    chosen && h(Tail, { key: chosen, topic: chosen, feed, onClose: () => choose(null), isLive: (topics.find((each) => each.topic === chosen) || {}).class === 'live' })));
}

/** How many messages a second, from the counts of this reading and the one before, of the same node. */
function rated(earlier, node) {
  const now = Date.now();
  for (const [key, { at }] of earlier) if (now - at > 60_000) earlier.delete(key);
  return ({ topic, messages }) => {
    const key = `${node} ${topic}`;
    const before = earlier.get(key);
    if (!before) earlier.set(key, { at: now, messages, rate: 0 });
    else if (now - before.at > 1500) earlier.set(key, { at: now, messages, rate: Math.max(0, ((messages - before.messages) * 1000) / (now - before.at)) });
    return earlier.get(key).rate;
  };
}

function Tail({ topic, feed, isLive, onClose }) {
  const [lines, setLines] = useState([]);
  const [isPaused, setPaused] = useState(false);
  const [error, setError] = useState(null);
  const paused = useRef(false);
  paused.current = isPaused;
  const add = (line) => setLines((before) => [line, ...before].slice(0, KEPT));
  useEffect(() => {
    if (!isLive) {
      rest('GET', `/api/v1/topics/${encodeURIComponent(topic)}?limit=50`).then(
        (history) => setLines((live) => [...live, ...(history.messages || []).map(line).reverse()].slice(0, KEPT)), setError);
    }
    return feed.listen(topic, (what) => {
      if (what.error) setError(what.error);
      else if (!paused.current) add(what.pub ? line(what.pub) : { key: Math.random(), text: what.gap ? (what.gap.n ? `${what.gap.n} messages were missed` : 'messages may have been missed') : `history begins anew: ${what.resync.reason}`, isNotice: true });
    });
  }, [topic]);
  return h(Opened, {
    title: topic, onClose, note: isLive ? 'live, no history' : 'history and live',
    actions: h('button', { type: 'button', 'aria-pressed': String(isPaused), onClick: () => setPaused(!isPaused) }, isPaused ? 'Go on' : 'Pause'),
  },
  h(Failure, { what: 'This topic cannot be read', error }),
  lines.length === 0
    ? h(Empty, { title: 'Nothing yet' }, 'What is published from now on appears here.')
    : h(Log, { name: `Messages of ${topic}, newest first`, testId: 'tail' },
      lines.map((each) => h('li', { key: each.key, class: each.isNotice ? 'notice' : '' }, each.from && h('b', null, each.from), h('span', null, each.text)))));
}

let keys = 0;
const line = (message) => ({
  key: ++keys,
  from: message.from ? message.from.user || message.from.sid || 'hub' : '',
  text: message.b !== undefined ? `${message.b} (bytes)` : typeof message.d === 'string' ? message.d : JSON.stringify(message.d),
});
