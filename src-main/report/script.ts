/**
 * The script of the report: sorting, filtering, copying and saving figures. The page is complete without it. It reads
 * only the page it is in, and is allowed by its hash alone.
 */
export const SCRIPT = `'use strict';
(() => {
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.v === undefined ? cell.textContent.trim() : Number(cell.dataset.v);
  };
  const sortBy = (table, column, descending) => {
    const body = table.tBodies[0];
    const order = descending ? -1 : 1;
    const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, column) }));
    rows.sort((a, b) =>
      order * (typeof a.value === 'number' ? a.value - b.value : a.value.localeCompare(b.value, 'en', { numeric: true })));
    body.append(...rows.map((entry) => entry.row));
    [...table.tHead.rows[0].cells].forEach((head, index) => {
      if (index === column) head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
  };
  const addSorting = (table) => {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      button.addEventListener('click', () => {
        const now = head.getAttribute('aria-sort');
        const numeric = table.tBodies[0].rows[0] && typeof valueOf(table.tBodies[0].rows[0], column) === 'number';
        sortBy(table, column, now === null ? Boolean(numeric) : now === 'ascending');
      });
      head.replaceChildren(button);
    });
  };
  const addFilter = (table) => {
    const rows = [...table.tBodies[0].rows].map((row) => ({ row, text: row.textContent.toLowerCase() }));
    if (rows.length < 10) return;
    const tools = document.createElement('p');
    const label = document.createElement('label');
    const input = document.createElement('input');
    const status = document.createElement('span');
    tools.className = 'tools';
    input.type = 'search';
    input.autocomplete = 'off';
    status.setAttribute('role', 'status');
    label.append('Show rows that contain ', input);
    tools.append(label, ' ', status);
    input.addEventListener('input', () => {
      const wanted = input.value.trim().toLowerCase();
      let shown = 0;
      for (const { row, text } of rows) {
        row.hidden = !text.includes(wanted);
        if (!row.hidden) shown += 1;
      }
      status.textContent = wanted === '' ? '' : shown + ' of ' + rows.length + ' rows';
    });
    table.parentElement.before(tools);
  };
  const copy = async (button) => {
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(source);
      button.textContent = 'Selected: press Ctrl+C';
    }
  };
  const addSaving = (svg) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'save-figure';
    button.textContent = 'Save figure (SVG)';
    button.addEventListener('click', () => {
      const link = document.createElement('a');
      link.download = svg.getAttribute('aria-labelledby').split('-title')[0] + '.svg';
      link.href = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(new XMLSerializer().serializeToString(svg));
      link.click();
    });
    svg.closest('figure').querySelector('figcaption').append(' ', button);
  };
  for (const table of document.querySelectorAll('table[data-interactive]')) {
    addSorting(table);
    addFilter(table);
  }
  for (const svg of document.querySelectorAll('svg.figure')) addSaving(svg);
  for (const button of document.querySelectorAll('.copy-button')) {
    button.hidden = false;
    button.addEventListener('click', () => void copy(button));
  }
})();
`
