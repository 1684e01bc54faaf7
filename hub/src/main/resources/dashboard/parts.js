// Small parts that several views share.
import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { rest } from './hub.js';

export const Panel = ({ title, note, actions, children, wide }) =>
  h('section', { class: wide ? 'panel wide' : 'panel' },
    h('header', null, h('h2', null, title), note && h('span', { class: 'note' }, note), actions),
    children);

export const Empty = ({ title, children }) =>
  h('div', { class: 'empty' }, h('strong', null, title), h('p', null, children));

/** Lines to copy, which can be scrolled by keys where they are wider than the screen. */
export const Example = ({ children }) => h('pre', { tabIndex: 0, role: 'region', 'aria-label': 'Example' }, children);

export const Failure = ({ error, what }) =>
  error ? h('p', { class: 'failure', role: 'alert' }, `${what}: ${error.message}`) : null;

export const Tag = ({ kind, children }) => h('span', { class: `tag ${kind || ''}` }, children);

/** What may be wider than the screen; it can be scrolled by keys. */
export const Scroll = ({ name, children }) => h('div', { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': name }, children);

/** Lines of what happens, newest first, which a screen reader says as they come. */
export const Log = ({ name, testId, children }) =>
  h('div', { class: 'log', 'data-testid': testId, tabIndex: 0, role: 'log', 'aria-label': name }, h('ol', null, children));

/** A figure with its name. */
export const Tile = ({ name, value, note, kind }) =>
  h('div', { class: `tile ${kind || ''}` }, h('dt', null, name), h('dd', null, value, note && h('small', null, note)));

/** Asks before what cannot be undone. The focus goes to the question, and back when it has been answered; Escape is No. */
export function Sure({ children, question, onYes, kind = 'danger' }) {
  const [asks, ask] = useState(false);
  const first = useRef(null);
  const wasAsked = useRef(false);
  useEffect(() => {
    if (asks || wasAsked.current) first.current.focus();
    wasAsked.current = asks;
  }, [asks]);
  if (!asks) return h('button', { type: 'button', class: kind, ref: first, onClick: () => ask(true) }, children);
  const onKeyDown = (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    ask(false);
  };
  return h('span', { class: 'actions', role: 'group', 'aria-label': question, onKeyDown },
    h('span', null, question),
    h('button', { type: 'button', class: kind, ref: first, onClick: () => { ask(false); onYes(); } }, 'Yes'),
    h('button', { type: 'button', onClick: () => ask(false) }, 'No'));
}

/** Where the focus goes from what is about to be no more. */
export const toContent = () => document.getElementById('main').focus();

/**
 * What has been opened of a list: it comes into view, for on a narrow screen it stands before a long list, and has the focus, which
 * goes back to where it was when this is closed: by its button or by Escape.
 */
export function Opened({ title, note, actions, onClose, children }) {
  const panel = useRef(null);
  useEffect(() => {
    const opened = panel.current;
    const before = document.activeElement;
    opened.scrollIntoView({ block: 'nearest' });
    opened.focus({ preventScroll: true });
    return () => {
      if (!opened.contains(document.activeElement)) return;
      if (before.isConnected && before !== document.body) before.focus();
      else toContent();
    };
  }, []);
  const onKeyDown = (event) => event.key === 'Escape' && event.target.tagName !== 'INPUT' && onClose();
  return h('section', { class: 'panel', id: 'opened', tabIndex: -1, 'aria-label': title, ref: panel, onKeyDown },
    h('header', null, h('h2', null, title), note && h('span', { class: 'note' }, note),
      h('span', { class: 'actions' }, actions, h('button', { type: 'button', onClick: onClose }, 'Close'))),
    children);
}

/** Where an answer is of one node of several: each knows of its own topics and upstreams. */
export const ofNode = (history, answer) => (answer?.node && history.live().length > 1 ? `on node ${answer.node}` : '');

/** Those that said nothing, of whom an answer of all nodes should be. */
export const silent = (answer) => Object.keys(answer?.missing || {});

/** Whether an answer is of several nodes, or should be. */
export const hasNodes = (answer) => Boolean(answer) && answer.nodes.length + silent(answer).length > 1;

/** Where an answer is of several nodes, and which of them said nothing. */
export const ofNodes = (answer) =>
  [answer.nodes.length > 1 ? `on ${answer.nodes.length} nodes` : '', ...silent(answer).map((node) => `node ${node} does not answer`)].filter(Boolean).join(', ');

let alerts = [];

/** The alerts of all nodes; of one that does not answer, which may be because of them, those that were known. */
export function useAlerts(isIn, millis) {
  return usePolled(() => (isIn ? rest('GET', '/api/v1/alerts?node=*') : Promise.resolve(null)).then((answer) => {
    alerts = answer ? [...answer.alerts, ...alerts.filter(({ node }) => silent(answer).includes(node))] : [];
    return answer && { ...answer, alerts };
  }), millis, [isIn]);
}

/** Which node is looked at; nothing where there is one. `all`: what all of them together are called, where they can be. */
export function NodeChoice({ history, chosen, choose, all }) {
  const nodes = history.live().filter(({ isGone }) => all || !isGone);
  if (nodes.length < 2) return null;
  const choices = [...(all ? [['all', all]] : []), ...nodes.map(({ name }) => [name, name])];
  return h('div', { class: 'choices', role: 'group', 'aria-label': 'Node' }, choices.map(([name, title]) =>
    h('button', { key: name, type: 'button', 'aria-pressed': String(name === chosen), onClick: () => choose(name) }, title)));
}

/**
 * The node that is looked at, where each is looked at alone: the one that was chosen, else the one that answered first, so that behind
 * a balancer not each answer is of another one. `answering`: who answered last.
 */
export function useNode(history) {
  const [wanted, choose] = useState('');
  const nodes = history.live().filter(({ isGone }) => !isGone);
  const node = nodes.length > 1 && nodes.some(({ name }) => name === wanted) ? wanted : '';
  const stay = (answering) => useEffect(() => {
    if (!node && answering && nodes.length > 1) choose(answering);
  }, [node, answering, nodes.length]);
  return { node, choose, stay, query: node ? `node=${encodeURIComponent(node)}` : '' };
}

/** Calls `load` at once and every `millis`, while the page is seen; gives what it gave last. */
export function usePolled(load, millis, deps) {
  const [state, set] = useState({ value: null, error: null });
  const again = useRef(() => {});
  useEffect(() => {
    let isOver = false;
    let begun = 0;
    let done = 0;
    const run = () => {
      if (document.hidden) return;
      const number = ++begun;
      const isLatest = () => !isOver && number === begun;
      load().then((value) => isLatest() && set({ value, error: null }), (error) => isLatest() && set((before) => ({ value: before.value, error })))
        .finally(() => { if (number === begun) done = number; });
    };
    again.current = run;
    run();
    // One that takes longer is waited for.
    const timer = setInterval(() => done === begun && run(), millis);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, deps);
  return { ...state, reload: () => again.current() };
}
