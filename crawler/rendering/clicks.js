// Clicks one thing after the other; see clicks.py. Nothing here knows a library of scripts: what is clicked has a
// handler on it or above it, and what a click did is told from how the document changed.
([OPENED, LEFT, LEADS, STATE]) => {
  if (window.__oit) return;
  const NAMED = 'button,[role=button],[role=tab],[aria-expanded="false"],[data-toggle],[data-bs-toggle],' +
    '[data-target],[data-bs-target],a[href="#"],a:not([href])';
  const CODED = '[onclick],a[href^="javascript:" i]';
  const LOOKS = '[class*=accordion],[class*=toggle],[class*=collapse],[class*=tab],[class*=more],h2,h3,h4,h5,h6,dt,li';
  const SITE_PARTS = 'nav,header,footer,[role=navigation]';
  const IDLE = new RegExp('^(?:[\\s;]|return(?:\\s+(?:false|true))?|void\\s*\\(?\\s*0?\\s*\\)?|(?:window\\.)?' +
    '(?:history\\.\\w+|close|print|scroll\\w*)\\s*\\([^()]*\\))*$', 'i');
  const ACTIVE = /(?:^|[\s-])(?:active|show|shown|in|open|opened|is-open|visible|current|selected)(?:$|\s)/;
  const NO_CHOICE = /^(?:|-|0|-1|#)$/;
  const AN_ADDRESS = /^(?:https?:|\/)|\.(?:pdf|html?|php|aspx?)(?:$|\?)/i;
  const MOST_TEXT = 300, MOST_OPTIONS = 24, MOST_SELECTS = 8, MOST_RECORDS = 200, MOST_HTML = 400000, MOST_CHANGES = 5000;
  const MOST_IN_VAIN = 8, MOST_AGAIN = 20, MOST_HOVERS = 40, MOST_TRIED = 800, LONGEST_TRIED = 2000, SHORT = 40;
  const NO_OPENER = 'script,style,template,option,select,input,textarea,label,video,audio,br,hr';

  const heard = window.__oitHeard || {click: new Set(), change: new Set(), anywhere: false, anyChange: false, pending: 0, timers: 0, opened: []};
  const done = new Set(), again = new Map(), touched = new WeakSet(), records = [];
  const names = new WeakMap(), holders = new Map(), fruitful = new Set();
  let current = null, last = null, changes = [], ids = 0, inVain = 0, tried = 0, tryTime = 0;

  const own = e => ((e.labels && e.labels[0] || e).textContent || e.value || e.getAttribute('aria-label') || '').trim()
    .replace(/\s+/g, ' ');
  // An icon is called by what it stands beside.
  const text = e => {
    for (let at = e, steps = 0; at && steps < 3; at = at.parentElement, steps++) {
      const said = own(at) || at.getAttribute('title') || at.getAttribute('alt') || '';
      if (said) return said;
    }
    return '';
  };
  const code = e => {
    const href = e.getAttribute('href') || '';
    return (e.getAttribute('onclick') || '') + ';' + (/^javascript:/i.test(href) ? href.slice(11) : '');
  };
  const isHeard = (e, kind) => {
    for (let at = e; at; at = at.parentElement) if (heard[kind].has(at)) return true;
    return false;
  };
  const listens = e => (e.onclick && !e.hasAttribute('onclick')) || isHeard(e, 'click');
  // A pane that is filled already needs no click: the reader reads what is hidden.
  const isFilled = e => {
    const name = e.getAttribute('data-bs-target') || e.getAttribute('data-target') || e.getAttribute('aria-controls') ||
      (/^#./.test(e.getAttribute('href') || '') ? e.getAttribute('href') : '');
    let pane = null;
    try { pane = name && document.getElementById(decodeURIComponent(name.replace(/^#/, ''))); } catch (x) { return false; }
    return !!pane && !!pane.textContent.trim() && !e.onclick;
  };
  const isOpenable = e => {
    if (touched.has(e) || e.closest(SITE_PARTS)) return false;
    const href = e.getAttribute('href');
    if (href && !/^(?:#|javascript:)/i.test(href)) return false;
    const said = text(e);
    if (!said || said.length > MOST_TEXT || isFilled(e)) return false;
    const form = e.closest('form');
    if (form && form.querySelector('input[type=password]')) return false;
    if (form && /^(?:submit|reset|image)$/i.test(e.type || '')) return false;
    return !IDLE.test(code(e)) || listens(e) || heard.anywhere || isSwitch(e);
  };
  // What is filled when it is opened or chosen, with an event of its own kind: an empty fold, a radio button.
  const TYPED = 'textarea,select,input:not([type]),input[type=text],input[type=search],input[type=email],input[type=tel]';
  const isSwitch = e => {
    if (e.localName === 'summary') {
      const fold = e.parentElement;
      return !fold.open && fold.textContent.trim().length < own(e).length + SHORT && !fold.querySelector('a[href],iframe,img');
    }
    const waits = isHeard(e, 'change') || e.hasAttribute('onchange') || !!e.onchange || heard.anyChange;
    return /^(?:radio|checkbox)$/.test(e.type || '') && waits && !e.checked && !(e.form && e.form.querySelector(TYPED));
  };
  // Whether something says of itself that it opens; of other things it is tried, and given up if nothing comes of it.
  const says = e => e.matches(`${CODED},${NAMED}`) || heard.click.has(e) || !!e.onclick || isSwitch(e);
  const inOrder = found => [...found].filter(isOpenable).sort((a, b) => a.compareDocumentPosition(b) & 4 ? -1 : 1);
  const clicks = () => {
    const found = new Set(document.querySelectorAll(`${CODED},${NAMED}`));
    for (const e of heard.click) if (e.isConnected) found.add(e);
    for (const e of document.querySelectorAll('details>summary,input[type=radio],input[type=checkbox]'))
      if (isSwitch(e)) found.add(e);
    if (heard.anywhere || heard.click.size)
      for (const e of document.querySelectorAll(LOOKS)) if (e.children.length < 4 && !e.querySelector('a[href]')) found.add(e);
    const rest = inOrder(found);
    return [...rest.filter(says), ...(inVain < MOST_IN_VAIN ? rest.filter(e => !says(e)) : [])];
  };
  // A handler on the document, or on a box, waits for a click on some of what is in it, and only it knows on which.
  const hasText = e => [...e.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const below = () => {
    const found = new Set();
    for (const root of heard.anywhere ? [document.body] : heard.click)
      if (root && root.isConnected && found.size < MOST_TRIED)
        for (const e of root.querySelectorAll('*'))
          if (!touched.has(e) && e.textContent.length < 2 * MOST_TEXT && (!e.children.length || hasText(e)) &&
            !e.matches(NO_OPENER) && !e.closest('svg,a[href]')) found.add(e);
    return inOrder(found);
  };
  const looks = e => `${e.tagName} ${e.getAttribute('class') || ''}`;
  // Lists to choose from: at once, or with the button of a form that wants nothing typed. What a GET form asks for has
  // an address, which the reader makes.
  const choices = () => {
    const found = [];
    for (const list of [...document.querySelectorAll('select')].slice(0, MOST_SELECTS)) {
      const form = list.form, posts = form && /post/i.test(form.method);
      const onchange = list.getAttribute('onchange') || '', listened = !!onchange || !!list.onchange || heard.change.has(list);
      const typed = form && form.querySelector('textarea,input:not([type]),input[type=text],input[type=search],' +
        'input[type=password],input[type=email],input[type=tel],input[type=file]');
      const button = posts && !typed ? form.querySelector('[type=submit],button:not([type]),[type=image]') : null;
      if (!listened && !button || list.options.length > MOST_OPTIONS || list.closest(SITE_PARTS)) continue;
      if (form && !posts && /submit/i.test(onchange) && list.name) continue;
      for (const option of list.options)
        if (!option.defaultSelected && !NO_CHOICE.test(option.value.trim()) && !AN_ADDRESS.test(option.value))
          found.push([list, option, listened ? null : button]);
    }
    return found;
  };
  const keyed = (list, name) => {
    const counts = new Map();
    return list.map(one => {
      const base = name(one), count = (counts.get(base) || 0) + 1;
      counts.set(base, count);
      return [`${base}#${count}`, one];
    });
  };
  // A list that is written anew holds new elements for the same things: what is gone leaves its name to what comes. Of
  // things that are all called alike ("+") each keeps the name that it had when it was met.
  const idsOf = e => e ? [...e.attributes].filter(a => a.name === 'id' || /^data-(?!oit)/.test(a.name))
    .map(a => a.value.slice(0, 80)).join('|') : '';
  const keyOf = e => {
    if (names.has(e)) return names.get(e);
    const base = `click|${e.tagName}|${text(e).slice(0, 80)}|${code(e)}|${idsOf(e)}|${idsOf(e.parentElement)}`;
    let count = 1;
    while (holders.has(`${base}#${count}`) && holders.get(`${base}#${count}`).isConnected) count++;
    names.set(e, `${base}#${count}`);
    holders.set(`${base}#${count}`, e);
    return names.get(e);
  };
  const keyedClicks = () => clicks().map(e => [keyOf(e), e]);
  const keyedChoices = () => keyed(choices(), ([list, option]) => `choose|${list.name || list.id}|${option.value}`);
  const next = () => [...keyedChoices(), ...keyedClicks()].find(([key]) => !done.has(key));
  const addresses = () => new Set([...document.querySelectorAll('a[href],iframe[src],embed[src]')]
    .map(e => e.getAttribute('href') || e.getAttribute('src')).filter(href => !/^javascript:/i.test(href)));

  const watch = new MutationObserver(list => { if (changes.length < MOST_CHANGES) changes.push(...list); });
  watch.observe(document.documentElement,
    {childList: true, subtree: true, attributes: true, attributeFilter: ['class', 'style', 'hidden']});

  const added = () => {
    const nodes = new Set();
    for (const change of changes) for (const node of change.addedNodes)
      if (node.isConnected && node.nodeName !== 'SCRIPT' && node.nodeName !== 'STYLE' && node.textContent.trim()) nodes.add(node);
    const within = node => { for (let at = node.parentNode; at; at = at.parentNode) if (nodes.has(at)) return true; return false; };
    return [...nodes].filter(node => !within(node));
  };
  const removed = () => {
    const known = new Set(records.flatMap(({nodes}) => nodes)), nodes = new Set();
    for (const change of changes) for (const node of change.removedNodes)
      if (node.nodeType === 1 && !node.isConnected && !known.has(node) && node.querySelector('a[href]')) nodes.add(node);
    return [...nodes];
  };
  const shown = label => changes.filter(c => c.type === 'attributes').map(c => c.target).filter(e => e.isConnected &&
    e !== label && !e.contains(label) && !label.contains(e) && e.textContent.trim().length > 1 &&
    (ACTIVE.test(`${e.getAttribute('class') || ''} `) || /display:\s*block/.test(e.getAttribute('style') || '')));
  // Rows and cells are lost where no table stands around them, and so is what tells one from the next.
  const AROUND = {TR: ['<table><tbody>', '</tbody></table>'], TBODY: ['<table>', '</table>'], THEAD: ['<table>', '</table>'],
    TD: ['<table><tbody><tr>', '</tr></tbody></table>'], TH: ['<table><tbody><tr>', '</tr></tbody></table>'],
    LI: ['<ul>', '</ul>'], DT: ['<dl>', '</dl>'], DD: ['<dl>', '</dl>'], OPTION: ['<select>', '</select>']};
  const whole = (nodes, html) => {
    const names = [...new Set(nodes.map(node => node.nodeName))];
    const [before, after] = names.every(name => name in AROUND) ? AROUND[names[0]] : ['', ''];
    return before + html + after;
  };
  const point = (label, pane) => {
    if (!pane || pane === document.body || pane.contains(label)) return;
    if (!pane.id) pane.id = `oit-pane-${++ids}`;
    label.setAttribute('data-oit-pane', pane.id);
  };
  const holdsOpener = node => node.nodeType === 1 &&
    [node, ...node.querySelectorAll('*')].slice(0, 400).some(e => says(e) && isOpenable(e));
  const settle = () => {
    if (!current) return null;
    changes.push(...watch.takeRecords());
    const {key, label, said, before, chosen} = current, tops = added(), now = addresses();
    const lost = [...before].some(href => !now.has(href)), fresh = [...now].some(href => !before.has(href));
    const around = !label.isConnected || tops.some(node => node.contains(label));
    const replaced = tops.length > 0 && fresh && (chosen || (lost && around));
    // A "next" button gives another page each time, and one below a list that grows gives more, until they give none.
    const isAbove = node => (label.compareDocumentPosition(node) & 10) === 2;
    const grew = label.isConnected && tops.length > 0 && tops.every(isAbove);
    if (fresh && !chosen && (lost || grew) && (again.get(key) || 0) < MOST_AGAIN) {
      again.set(key, (again.get(key) || 0) + 1);
      done.delete(key);
      touched.delete(label);
    }
    const parts = tops.filter(node => !node.contains(label));
    const panes = shown(label);
    // What stood there before the first click is as much a page of the list as what comes after it.
    const gone = lost && !replaced ? removed() : [];
    if (gone.length && records.length < MOST_RECORDS)
      records.push({label: null, box: null, nodes: gone, html: gone.map(node => node.outerHTML).join(' ').slice(0, MOST_HTML)});
    if (!replaced && parts.length && records.length < MOST_RECORDS) {
      const html = parts.map(node => node.outerHTML || node.textContent).join(' ').slice(0, MOST_HTML);
      records.push({label, box: parts[0].parentElement, nodes: parts, html});
    } else if (!parts.length && panes.length && label.isConnected) point(label, panes[panes.length - 1]);
    const opened = heard.opened ? heard.opened.splice(0) : [];
    const took = tops.length > 0 || panes.length > 0 || opened.length > 0;
    if (chosen || says(label) || took) inVain = 0;
    else inVain++;
    if (took && !chosen) {
      // What stands in a label would take the same click again, and shut what was opened.
      for (const e of [...label.querySelectorAll('*')].slice(0, 60)) if (!tops.some(node => node.contains(e))) touched.add(e);
      fruitful.add(looks(label));
    }
    changes = [];
    current = null;
    last = {label, chosen};
    return {said, replaced, opened, more: fresh || tops.some(holdsOpener)};
  };
  // A script that a link runs in a window of its own finds nothing there of what the page has.
  const inside = e => {
    const link = e.closest('a[target]');
    if (link && /^(?:#|javascript:)/i.test(link.getAttribute('href') || '')) link.removeAttribute('target');
    return e;
  };
  const settled = () => { watch.takeRecords(); changes = []; };
  // Clicks one thing after the other until one of them does something at once: asks, writes, shows, waits, goes away.
  const attempt = () => {
    const began = performance.now(), before = addresses();
    let moved = false;
    const goes = () => { moved = true; };
    if (window.navigation) navigation.addEventListener('navigate', goes);
    try {
      for (const e of below()) {
        if (tried >= MOST_TRIED || tryTime + performance.now() - began > LONGEST_TRIED || inVain >= MOST_IN_VAIN) break;
        const key = keyOf(e);
        if (done.has(key)) continue;
        tried++;
        done.add(key);
        touched.add(e);
        settled();
        heard.prevented = heard.refused = false;
        const busy = heard.pending, waits = heard.timers, said = text(e).slice(0, MOST_TEXT);
        heard.trying = true;
        try { inside(e).click(); } catch (x) { /* as below */ }
        heard.trying = false;
        changes.push(...watch.takeRecords());
        if (heard.refused) {
          e.setAttribute(LEFT, '1');
          continue;
        }
        const reacts = moved || heard.prevented || heard.pending !== busy || heard.timers !== waits || heard.opened.length > 0;
        if (!reacts && !added().length && !shown(e).length) continue;
        e.setAttribute(OPENED, '1');
        current = {key, label: e, said, chosen: false, before};
        return said;
      }
    } finally {
      tryTime += performance.now() - began;
      if (window.navigation) navigation.removeEventListener('navigate', goes);
    }
    settled();
    return null;
  };
  const step = () => {
    settle();
    const found = next();
    if (!found) return attempt();
    const [key, what] = found, chosen = Array.isArray(what), label = chosen ? what[0] : what;
    done.add(key);
    const said = (chosen ? what[1].text : text(label)).slice(0, MOST_TEXT);
    label.setAttribute(OPENED, '1');
    if (!chosen) touched.add(label);
    current = {key, label, said, chosen, before: addresses()};
    settled();
    try {
      if (!chosen) inside(label).click();
      else {
        what[0].value = what[1].value;
        if (what[2]) what[0].form.requestSubmit(what[2]);
        else for (const kind of ['input', 'change']) what[0].dispatchEvent(new Event(kind, {bubbles: true}));
      }
    } catch (x) { /* a handler that fails opens nothing */ }
    return said;
  };
  const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
  const changed = async (pause, longest) => {
    await sleep(pause);
    for (let waited = 0; heard.pending > 0 && waited < longest; waited += pause) await sleep(pause);
    await sleep(pause);
    return settle();
  };
  // Notes where the thing clicked last went to: an address, or the number of a further page.
  const leads = (address, state) => {
    if (!last || last.chosen) return;
    if (address) last.label.setAttribute(LEADS, address);
    if (state) last.label.setAttribute(STATE, state);
  };
  // Points labels to what they opened, puts back what was taken away again, and marks what was left.
  const finish = () => {
    settle();
    watch.disconnect();
    for (const {label, box, nodes, html} of records) {
      if (nodes.some(node => node.isConnected && node.textContent.trim())) {
        const near = box === label.parentElement || box === label.nextElementSibling || (box && box.contains(label));
        if (label.isConnected && !near) point(label, box);
        continue;
      }
      // An accordion that was opened again holds the same anew.
      if (document.documentElement.innerHTML.includes(html)) continue;
      const part = document.createElement('div');
      part.id = `oit-pane-${++ids}`;
      part.className = 'tab-pane';
      part.innerHTML = whole(nodes, html);
      if (label && label.isConnected) {
        (label.closest('h1,h2,h3,h4,h5,h6,li') || label).after(part);
        label.setAttribute('data-oit-pane', part.id);
      } else document.body.append(part);
    }
    for (const host of [...document.querySelectorAll('*')].filter(e => e.shadowRoot).slice(0, 80)) {
      if (!host.shadowRoot.textContent.trim()) continue;
      const part = document.createElement('div');
      part.innerHTML = host.shadowRoot.innerHTML;
      host.append(part);
    }
    for (const [key, e] of keyedClicks())
      if (done.has(key)) e.setAttribute(OPENED, '1');
      else if (says(e)) e.setAttribute(LEFT, '1');
    for (const e of below()) if (fruitful.has(looks(e)) && !done.has(keyOf(e))) e.setAttribute(LEFT, '1');
  };
  // Menus that are filled when the mouse comes: it comes to each of them once.
  const hover = () => {
    const waiting = new Set(document.querySelectorAll('[onmouseover],[onmouseenter],[aria-haspopup]'));
    for (const e of heard.hover || []) if (e.isConnected) waiting.add(e);
    let count = 0;
    for (const e of waiting) {
      if (count++ >= MOST_HOVERS) break;
      for (const kind of ['pointerover', 'pointerenter', 'mouseover', 'mouseenter']) {
        const Kind = kind.startsWith('mouse') ? MouseEvent : PointerEvent;
        try { e.dispatchEvent(new Kind(kind, {bubbles: kind.endsWith('over'), view: window})); } catch (x) { /* as a click */ }
      }
    }
    return waiting.size;
  };
  window.__oit = {step, changed, leads, finish, hover};
}
