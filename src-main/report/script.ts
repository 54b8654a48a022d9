/**
 * The script of the report: sorting, filtering, copying, saving figures, moving about in the network and lighting up neighbours. The page is complete without it. It reads
 * only the page it is in, and is allowed by its hash alone.
 */
export const SCRIPT = `'use strict';
(() => {
  const buttonOf = (label, className, onClick) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    if (className) button.className = className;
    button.addEventListener('click', onClick);
    return button;
  };
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
      const button = buttonOf('', '', () => undefined);
      button.setAttribute('aria-label', 'Sort by ' + head.textContent);
      head.append('\u00a0', button);
      head.addEventListener('click', () => {
        const now = head.getAttribute('aria-sort');
        const numeric = table.tBodies[0].rows[0] && typeof valueOf(table.tBodies[0].rows[0], column) === 'number';
        sortBy(table, column, now === null ? Boolean(numeric) : now === 'ascending');
      });
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
    const whole = svg.getAttribute('viewBox');
    const name = svg.getAttribute('aria-labelledby').split('-title')[0];
    svg.closest('figure').querySelector('figcaption').append(' ', buttonOf('Save figure (SVG)', 'save-figure', () => {
      const copy = svg.cloneNode(true);
      copy.setAttribute('viewBox', whole);
      copy.setAttribute('class', 'figure');
      for (const lit of copy.querySelectorAll('.lit')) lit.removeAttribute('class');
      const link = document.createElement('a');
      link.download = name + '.svg';
      link.href = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(new XMLSerializer().serializeToString(copy));
      link.click();
    }));
  };
  const addZoom = (svg) => {
    const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
    let x = 0, y = 0, scale = 1, from = null;
    const show = () => {
      const [w, h] = [width / scale, height / scale];
      x = Math.min(Math.max(x, 0), width - w);
      y = Math.min(Math.max(y, 0), height - h);
      svg.setAttribute('viewBox', [x, y, w, h].map((value) => value.toFixed(2)).join(' '));
    };
    const zoom = (factor, atX, atY) => {
      const next = Math.min(Math.max(scale * factor, 1), 12);
      x += atX * (width / scale - width / next);
      y += atY * (height / scale - height / next);
      scale = next;
      show();
    };
    const tools = document.createElement('p');
    tools.className = 'zoom';
    tools.append(
      buttonOf('Zoom in', '', () => zoom(1.4, 0.5, 0.5)),
      buttonOf('Zoom out', '', () => zoom(1 / 1.4, 0.5, 0.5)),
      buttonOf('Whole network', '', () => zoom(0, 0.5, 0.5)));
    svg.closest('figure').prepend(tools);
    svg.classList.add('zoomable');
    svg.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      zoom(2 ** (-event.deltaY / 300), (event.clientX - box.x) / box.width, (event.clientY - box.y) / box.height);
    }, { passive: false });
    svg.addEventListener('pointerdown', (event) => {
      if (scale === 1 || event.button !== 0) return;
      from = event;
      svg.setPointerCapture(event.pointerId);
      svg.classList.add('moving');
    });
    svg.addEventListener('pointermove', (event) => {
      if (!from) return;
      const perPixel = width / scale / svg.getBoundingClientRect().width;
      x -= (event.clientX - from.clientX) * perPixel;
      y -= (event.clientY - from.clientY) * perPixel;
      from = event;
      show();
    });
    const stop = () => {
      from = null;
      svg.classList.remove('moving');
    };
    svg.addEventListener('pointerup', stop);
    svg.addEventListener('pointercancel', stop);
  };
  const addNeighbours = (svg) => {
    const edges = [...svg.querySelectorAll('[data-edge]')];
    const genes = new Map([...svg.querySelectorAll('[data-gene]')].map((node) => [node.dataset.gene, node]));
    svg.addEventListener('pointerover', (event) => {
      const node = event.target.closest('[data-gene]');
      for (const lit of svg.querySelectorAll('.lit')) lit.classList.remove('lit');
      svg.classList.toggle('dim', node !== null);
      if (!node) return;
      node.classList.add('lit');
      for (const edge of edges) {
        const ends = edge.dataset.edge.split(' ');
        if (!ends.includes(node.dataset.gene)) continue;
        edge.classList.add('lit');
        for (const end of ends) genes.get(end).classList.add('lit');
      }
    });
    svg.addEventListener('pointerleave', () => svg.classList.remove('dim'));
  };
  for (const table of document.querySelectorAll('table[data-interactive]')) {
    addSorting(table);
    addFilter(table);
  }
  for (const svg of document.querySelectorAll('svg.figure')) {
    addSaving(svg);
    if (!svg.querySelector('[data-edge]')) continue;
    addZoom(svg);
    addNeighbours(svg);
  }
  const closed = [...document.querySelectorAll('details:not(.screen)')];
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = closed.filter((details) => !details.open);
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });
  for (const button of document.querySelectorAll('.copy-button')) {
    button.hidden = false;
    button.addEventListener('click', () => void copy(button));
  }
})();
`
