// Small parts that several views share.
import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export const Panel = ({ title, note, actions, children, wide, id }) =>
  h('section', { class: wide ? 'panel wide' : 'panel', id },
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

/** A figure with its name. */
export const Tile = ({ name, value, note, kind }) =>
  h('div', { class: `tile ${kind || ''}` }, h('dt', null, name), h('dd', null, value, note && h('small', null, note)));

/** Asks before what cannot be undone. */
export function Sure({ children, question, onYes, kind = 'danger' }) {
  const [asks, ask] = useState(false);
  const yes = useRef(null);
  useEffect(() => {
    if (asks && yes.current) yes.current.focus();
  }, [asks]);
  if (!asks) return h('button', { type: 'button', class: kind, onClick: () => ask(true) }, children);
  return h('span', { class: 'sure', role: 'group', 'aria-label': question },
    h('span', null, question),
    h('button', { type: 'button', class: kind, ref: yes, onClick: () => { ask(false); onYes(); } }, 'Yes'),
    h('button', { type: 'button', onClick: () => ask(false) }, 'No'));
}

/** Brings what has just been opened into view, where it is not: on a narrow screen it stands before a long list. */
export function useShown(id) {
  useEffect(() => document.getElementById(id)?.scrollIntoView({ block: 'nearest' }), []);
}

/** Calls `load` at once and every `millis`, while the page is seen; gives what it gave last. */
export function usePolled(load, millis, deps) {
  const [state, set] = useState({ value: null, error: null });
  const again = useRef(() => {});
  useEffect(() => {
    let isOver = false;
    const run = () => {
      if (document.hidden) return;
      load().then((value) => !isOver && set({ value, error: null }), (error) => !isOver && set((before) => ({ value: before.value, error })));
    };
    again.current = run;
    run();
    const timer = setInterval(run, millis);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, deps);
  return { ...state, reload: () => again.current() };
}
