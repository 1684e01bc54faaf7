import { h, Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { rest } from './hub.js';
import { count } from './figures.js';
import { Empty, Failure, Panel, Scroll, Tag, usePolled, useShown } from './parts.js';

const PAGE = 50;
const KEPT = 200;

export function Topics({ feed }) {
  const [filter, setFilter] = useState('');
  const [cursors, setCursors] = useState(['']);
  const [chosen, choose] = useState(null);
  const after = cursors[cursors.length - 1];
  const earlier = useRef(new Map());
  const query = new URLSearchParams({ limit: PAGE, ...(after && { after }), ...(filter && { filter }) });
  const list = usePolled(() => rest('GET', `/api/v1/topics?${query}`), 2000, [filter, after]);
  const topics = (list.value && list.value.topics) || [];
  const rate = rated(earlier.current, topics);
  return h('div', { class: 'split' },
    h(Panel, {
      title: 'Topics', wide: true, note: list.value ? `${count(list.value.total)} in all` : '',
      actions: h('label', { class: 'search' }, h('span', { class: 'hidden' }, 'Filter topics'),
        h('input', { type: 'search', placeholder: 'Part of the name', value: filter, onInput: (event) => { setFilter(event.target.value); setCursors(['']); } })),
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
    h('nav', { class: 'pages', 'aria-label': 'Pages of topics' },
      h('button', { type: 'button', disabled: cursors.length === 1, onClick: () => setCursors(cursors.slice(0, -1)) }, 'Back'),
      h('span', null, `Page ${cursors.length}`),
      h('button', { type: 'button', disabled: !(list.value && list.value.next), onClick: () => setCursors([...cursors, list.value.next]) }, 'Next'))),
    chosen && h(Tail, { key: chosen, topic: chosen, feed, isLive: (topics.find((each) => each.topic === chosen) || {}).class === 'live' }));
}

/** How many messages a second, from the counts of this reading and the one before. */
function rated(earlier, topics) {
  const now = Date.now();
  return ({ topic, messages }) => {
    const before = earlier.get(topic);
    if (!before) earlier.set(topic, { at: now, messages, rate: 0 });
    else if (now - before.at > 1500) earlier.set(topic, { at: now, messages, rate: Math.max(0, ((messages - before.messages) * 1000) / (now - before.at)) });
    return earlier.get(topic).rate;
  };
}

function Tail({ topic, feed, isLive }) {
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
  useShown('opened');
  return h(Panel, {
    title: topic, id: 'opened', note: isLive ? 'live, no history' : 'history and live',
    actions: h('button', { type: 'button', 'aria-pressed': String(isPaused), onClick: () => setPaused(!isPaused) }, isPaused ? 'Go on' : 'Pause'),
  },
  h(Failure, { what: 'This topic cannot be read', error }),
  lines.length === 0
    ? h(Empty, { title: 'Nothing yet' }, 'What is published from now on appears here.')
    : h('ol', { class: 'tail', 'data-testid': 'tail', tabIndex: 0, 'aria-label': `Messages of ${topic}, newest first` },
      lines.map((each) => h('li', { key: each.key, class: each.isNotice ? 'notice' : '' }, each.from && h('b', null, each.from), h('span', null, each.text)))));
}

let keys = 0;
const line = (message) => ({
  key: ++keys,
  from: message.from ? message.from.user || message.from.sid || 'hub' : '',
  text: message.b !== undefined ? `${message.b} (bytes)` : typeof message.d === 'string' ? message.d : JSON.stringify(message.d),
});
