// What lists have in common that are filtered and shown a page at a time.
import { h } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { count } from './figures.js';

const PAGE = 50;

/** Which part of a list is asked for, and how to ask for another one. `more`: of the query. */
export function usePages(more = '') {
  const [filter, setFilter] = useState('');
  const [cursors, setCursors] = useState(['']);
  const after = cursors[cursors.length - 1];
  return {
    filter,
    number: cursors.length,
    query: [new URLSearchParams({ limit: PAGE, ...(after && { after }), ...(filter && { filter }) }), more].filter(String).join('&'),
    search: (text) => { setFilter(text); setCursors(['']); },
    back: () => setCursors(cursors.slice(0, -1)),
    forth: (next) => setCursors([...cursors, next]),
  };
}

export const Search = ({ what, hint, pages }) =>
  h('label', { class: 'search' }, h('span', { class: 'hidden' }, `Filter ${what}`),
    h('input', { type: 'search', placeholder: hint, value: pages.filter, onInput: (event) => pages.search(event.target.value) }));

/** The way to other pages. Says what each query has found, `where`, and not how that changes by and by. */
export function Pages({ what, where = '', pages, answer }) {
  const said = useRef({ query: null, words: '' });
  if (answer?.query === pages.query && said.current.query !== pages.query) {
    said.current = { query: pages.query, words: `${pages.filter && `${pages.filter}: `}${[`${count(answer.total)} found`, where].filter(Boolean).join(' ')}, page ${pages.number}` };
  }
  return h('nav', { class: 'pages', 'aria-label': `Pages of ${what}` },
    h('button', { type: 'button', disabled: pages.number === 1, onClick: pages.back }, 'Back'),
    h('span', null, `Page ${pages.number}`),
    h('button', { type: 'button', disabled: !answer?.next, onClick: () => pages.forth(answer.next) }, 'Next'),
    h('p', { class: 'hidden', role: 'status', 'data-testid': 'said' }, said.current.words));
}
