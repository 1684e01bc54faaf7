import { h, Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { rest } from './hub.js';
import { age, bytes, count } from './figures.js';
import { Pages, Search, usePages } from './list.js';
import { Empty, Failure, hasNodes, ofNodes, Opened, Panel, Scroll, silent, Sure, Tag, toContent, usePolled } from './parts.js';

/** A hub with more sessions than these looks for those of a page only so often: it has to look at all of them. */
const MANY = 1000;
const LIST_MILLIS = 20000;
const NUMBERS = new Set(['Since', 'In', 'Out', 'Queued']);

const list = (query) => rest('GET', `/api/v1/sessions?node=*&${query}`);

/** Those that are still there: one that has ended is nothing that is missing, so they are looked for in the list. */
const named = (sids) => list(new URLSearchParams([['limit', sids.length], ...sids.map((sid) => ['sid', sid])]));

/** A session, or none, and which nodes did not say whether they have it. */
const find = (sid) => named([sid]).then(({ missing, sessions: [session] }) => ({ silent: silent({ missing }), session }));

/** The page of sessions that `query` asks for; in between only the figures of those on it, unless one of them has ended. */
async function page(query, known) {
  const isSame = known && known.query === query && known.sessions.length > 0;
  if (isSame && known.most > MANY && performance.now() - known.at < LIST_MILLIS) {
    const { nodes, missing, sessions } = await named(known.sessions.map(({ sid }) => sid));
    if (sessions.length === known.sessions.length && `${nodes}` === `${known.nodes}`) return { ...known, missing, sessions };
  }
  const listed = await list(query);
  return { ...listed, query, at: performance.now(), most: Math.max(listed.total, known ? known.most : 0) };
}

const path = (id) => `/api/v1/sessions/${encodeURIComponent(id)}`;

export function Sessions() {
  const [chosen, choose] = useState(null);
  const pages = usePages();
  const { filter, query } = pages;
  const known = useRef(null);
  const shown = usePolled(() => page(query, known.current).then((got) => { known.current = got; return got; }), 3000, [query]);
  const sessions = (shown.value && shown.value.sessions) || [];

  return h('div', { class: 'split' },
    h(Panel, {
      title: 'Sessions', wide: true, note: shown.value ? `${count(shown.value.total)} in all ${ofNodes(shown.value)}` : '',
      actions: h(Search, { what: 'sessions', hint: 'Id, client, user or address', pages }),
    },
    h(Failure, { what: 'The sessions cannot be read', error: shown.error }),
    sessions.length === 0 && shown.value
      ? h(Empty, { title: filter ? 'No session matches' : 'No session yet' }, filter ? 'The filter looks at id, client, user and address.' : ['Connect one: ', h('code', null, `./hawser msg ${location.host} --id meter-7`), ', or open the Playground.'])
      : h(Scroll, { name: 'Sessions' }, h('table', { 'data-testid': 'sessions' },
        h('thead', null, h('tr', null, ['Session', 'Client', ...(hasNodes(shown.value) ? ['Node'] : []), 'Protocol', 'Address', 'Since', 'In', 'Out', 'Queued'].map((name) => h('th', { key: name, scope: 'col', class: NUMBERS.has(name) ? 'number' : '' }, name)))),
        h('tbody', null, sessions.map((session) => h(Row, { key: session.sid, session, hasNode: hasNodes(shown.value), isChosen: session.sid === chosen, choose }))))),
    h(Pages, { what: 'sessions', pages, answer: shown.value })),
    chosen && h(Detail, { key: chosen, id: chosen, onClose: () => choose(null), onGone: () => { choose(null); shown.reload(); } }));
}

function Row({ session, hasNode, isChosen, choose }) {
  return h('tr', { class: isChosen ? 'chosen' : '' },
    h('th', { scope: 'row' }, h('button', { type: 'button', class: 'link', 'aria-pressed': String(isChosen), onClick: () => choose(isChosen ? null : session.sid) }, session.sid)),
    h('td', null, session.client), hasNode && h('td', null, session.node), h('td', null, session.connected && h(Tag, null, session.protocol)), h('td', null, session.remote),
    h('td', { class: 'number' }, session.connected ? age(Date.now() - session.since) : h(Tag, { kind: 'warn' }, 'away')),
    h('td', { class: 'number' }, count(session.messages_in || 0)), h('td', { class: 'number' }, count(session.messages_out || 0)),
    h('td', { class: session.queued > 0 ? 'number warn' : 'number' }, bytes(session.queued || 0)));
}

function Detail({ id, onClose, onGone }) {
  const [text, setText] = useState('');
  const [sent, setSent] = useState(null);
  const [error, setError] = useState(null);
  const seen = useRef(null);
  const { value: now, error: lost } = usePolled(() => find(id), 1000, [id]);
  if (now?.session) seen.current = now.session;
  const value = seen.current;
  // A node that says nothing may have it.
  const isSilent = now && !now.session && now.silent.length > 0;
  // One that is on its way from one node to another is on none for a moment.
  const absences = useRef(0);
  const gone = () => {
    if (document.getElementById('opened')?.contains(document.activeElement)) toContent();
    onGone();
  };
  useEffect(() => {
    absences.current = now && !now.session && !isSilent ? absences.current + 1 : 0;
    if (absences.current > 1) gone();
  }, [now]);
  const act = (promise, done) => promise.then((answer) => { setError(null); done(answer); }, setError);
  const send = (event) => {
    event.preventDefault();
    act(rest('POST', path(id), text), () => { setSent(text); setText(''); });
  };
  const facts = value ? [
    ['Node', value.node], ['Client', value.client], ['User', value.user || '–'], ...(value.connected ? [['Protocol', value.protocol], ['Address', value.remote],
    ['Connected', `${age(Date.now() - value.since)} ago`], ['Messages in', count(value.messages_in)], ['Messages out', count(value.messages_out)],
    ['Bytes in', bytes(value.bytes_in)], ['Bytes out', bytes(value.bytes_out)], ['Queued', bytes(value.queued)], ['Dropped', count(value.dropped)]] : [['State', 'waits for its client to come back']]),
  ] : [];
  return h(Opened, {
    title: id, onClose,
    actions: h(Sure, { question: 'Disconnect it?', onYes: () => act(rest('DELETE', path(id)), gone) }, 'Disconnect'),
  },
  isSilent && h('p', { class: 'muted', role: 'status' }, `Node ${now.silent.join(', ')} does not answer, and no other has this session${value ? ': the figures are the last' : ''}.`),
  h(Failure, { what: 'That did not work', error: error || lost }),
  h('dl', { class: 'facts' }, facts.map(([name, fact]) => h(Fragment, { key: name }, h('dt', null, name), h('dd', null, fact)))),
  h('h3', null, 'Subscriptions'),
  value && value.subscriptions?.length
    ? h('ul', { class: 'tags' }, value.subscriptions.map((topic) => h('li', { key: topic }, h(Tag, null, topic))))
    : h('p', { class: 'muted' }, 'None.'),
  h('form', { onSubmit: send },
    h('label', null, 'Send it a text', h('input', { value: text, required: true, onInput: (event) => setText(event.target.value) })),
    h('button', { type: 'submit', class: 'primary' }, 'Send')),
  sent !== null && h('p', { class: 'muted', role: 'status' }, `Sent: ${sent}`));
}
