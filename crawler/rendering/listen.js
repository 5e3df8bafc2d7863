// Runs before a page's own scripts: remembers which elements wait for a click or a choice, and counts what the page waits
// for itself.
(() => {
  const add = EventTarget.prototype.addEventListener;
  const heard = {click: new Set(), change: new Set(), hover: new Set(), anywhere: false, anyChange: false, pending: 0, timers: 0, opened: [],
    trying: false, refused: false};
  const KINDS = {click: 'click', change: 'change', mouseenter: 'hover', mouseover: 'hover', pointerenter: 'hover', pointerover: 'hover'};
  const hear = (element, kind) => { if (heard[kind].size < 2000) heard[kind].add(element); };
  Object.defineProperty(window, '__oitHeard', {value: heard});
  EventTarget.prototype.addEventListener = function (kind, ...rest) {
    if (this instanceof Element && KINDS[kind]) hear(this, KINDS[kind]);
    else if (kind === 'change') heard.anyChange = true;
    else if (kind === 'click') heard.anywhere = true; // on the document: for whatever is clicked
    return add.call(this, kind, ...rest);
  };
  add.call(window, 'click', event => { heard.prevented = event.defaultPrevented; });
  // A handler may be given as a property as well.
  for (const kind of Object.keys(KINDS)) {
    const own = Object.getOwnPropertyDescriptor(HTMLElement.prototype, `on${kind}`);
    if (!own || !own.set || !own.configurable) continue;
    Object.defineProperty(HTMLElement.prototype, `on${kind}`, {...own, set(handler) {
      if (handler) hear(this, KINDS[kind]);
      own.set.call(this, handler);
    }});
  }
  // A window of its own shows nothing here; where it would lead to is what counts.
  const note = url => {
    try { if (url && heard.opened.length < 200) heard.opened.push(new URL(url, document.baseURI).href); } catch (x) { /* no address */ }
  };
  window.open = function (url) {
    note(url);
    const place = {assign: note, replace: note};
    Object.defineProperty(place, 'href', {set: note, get: () => ''});
    const other = {focus() {}, close() {}, closed: false, opener: null, document: {write() {}, close() {}}};
    Object.defineProperty(other, 'location', {set: note, get: () => place});
    return other;
  };
  // Nor does a form: what is sent to a new window is what the click gives.
  for (const name of ['submit', 'requestSubmit']) {
    const sends = HTMLFormElement.prototype[name];
    HTMLFormElement.prototype[name] = function (...all) {
      if (/^_(?:blank|new)$/i.test(this.target)) this.removeAttribute('target');
      return sends.apply(this, all);
    };
  }
  for (const name of ['setTimeout', 'requestAnimationFrame']) {
    const wait = window[name];
    window[name] = function (...all) {
      heard.timers++;
      return wait.apply(this, all);
    };
  }
  // Nobody knows what a click does that is only tried. It may read, but send nothing: a vote is a person's.
  const refuses = method => {
    const refused = heard.trying && !/^(?:get|head)$/i.test(method);
    heard.refused = heard.refused || refused;
    return refused;
  };
  const less = () => { heard.pending--; };
  const methods = new WeakMap();
  const {open, send} = XMLHttpRequest.prototype, ask = window.fetch, beacon = Navigator.prototype.sendBeacon;
  window.fetch = function (...all) {
    if (refuses((all[1] && all[1].method) || (all[0] && all[0].method) || 'GET'))
      return Promise.reject(new TypeError('Failed to fetch'));
    heard.pending++;
    const answer = ask.apply(this, all);
    answer.then(less, less);
    return answer;
  };
  XMLHttpRequest.prototype.open = function (method, ...rest) {
    methods.set(this, String(method));
    return open.call(this, method, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...all) {
    if (refuses(methods.get(this) || 'GET')) {
      this.dispatchEvent(new ProgressEvent('error'));
      return;
    }
    heard.pending++;
    add.call(this, 'loadend', less, {once: true});
    return send.apply(this, all);
  };
  Navigator.prototype.sendBeacon = function (...all) {
    return refuses('POST') ? false : beacon.apply(this, all);
  };
})();
