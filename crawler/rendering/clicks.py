"""What a page opens when somebody clicks: folds, tabs, "load more", lists of years, the pages of a list.

Each thing is clicked once. What a click adds stays where it is, and its label points to it; what the next click takes
away again is put back; what takes the place of the list that the click stood in, or comes as the answer to a POST, is
a further page of its own. What was clicked and what was left is marked for the reader.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from documents.html.forms import LEFT, OPENED

_STEP = 0.04
"""Seconds after a click in which a script begins to ask for something."""
_ANSWER = 4.0
"""Seconds that the answer to one click is waited for."""
_MOST_STATES = 24

LISTEN = """(() => {
  const add = EventTarget.prototype.addEventListener, heard = [];
  Object.defineProperty(window, '__oitHeard', {value: heard});
  EventTarget.prototype.addEventListener = function (kind, ...rest) {
    if ((kind === 'click' || kind === 'change') && heard.length < 2000 && this instanceof Element) heard.push([this, kind]);
    if (kind === 'click' && (this === document || this === window || this === document.body)) heard.shared = true;
    return add.call(this, kind, ...rest);
  };
})()"""
"""Runs before the page's own scripts: which elements wait for a click."""

_SETUP = """([opened, left]) => {
  if (window.__oit) return;
  const explicit = '[onclick],a[href^="javascript:" i],a[href="#"],a:not([href]),button,[role=button],[role=tab],' +
    '[aria-expanded="false"],[data-toggle],[data-bs-toggle],[data-target],[data-bs-target]';
  const looks = '[class*=accordion],[class*=toggle],[class*=collapse],[class*=tab],[class*=more],[class*=acc]';
  const idle = /^(?:javascript:)?[\\s;]*(?:(?:return\\s*(?:false|true)?|void\\s*\\(?\\s*\\d?\\s*\\)?|(?:window\\.|self\\.)?(?:close|print)\\s*\\(\\s*\\)|(?:window\\.)?history\\.\\w+\\([^)]*\\)|(?:window\\.)?scroll\\w*\\([^)]*\\))[\\s;]*)*$/i;
  const text = e => (e.innerText || e.textContent || e.value || e.getAttribute('aria-label') || '').trim();
  const calls = e => `${e.getAttribute('onclick') || ''};${/^javascript:/i.test(e.getAttribute('href') || '') ? e.getAttribute('href').slice(11) : ''}`;
  const done = new Set(), touched = new WeakSet(), records = [];
  let current = null, changes = [];
  const filled = e => {
    const named = e.getAttribute('data-bs-target') || e.getAttribute('data-target') || e.getAttribute('aria-controls') ||
      (/^#./.test(e.getAttribute('href') || '') ? e.getAttribute('href') : '');
    if (!named) return false;
    let pane = null;
    try { pane = document.getElementById(decodeURIComponent(named.replace(/^#/, ''))); } catch (x) { return false; }
    return !!pane && !!pane.textContent.trim() && !e.onclick;
  };
  const sends = e => e.form && /post/i.test(e.form.method) &&
    !e.form.querySelector('textarea,input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=image])');
  const openable = e => {
    if (touched.has(e) || e.hasAttribute(opened) || e.closest('nav,header,footer,[role=navigation]')) return false;
    const say = text(e);
    if (!say || say.length > 300 || idle.test(calls(e)) && !heardBy.has(e) && !generic(e)) return false;
    if (e.tagName === 'A' && e.hasAttribute('href') && !/^(#|javascript:)/i.test(e.getAttribute('href'))) return heardBy.has(e) && false;
    if (/^(submit|reset|image)$/i.test(e.type || '') && e.form && !/__doPostBack/.test(calls(e))) return false;
    if (e.closest('form') && e.closest('form').querySelector('input[type=password]')) return false;
    return !filled(e);
  };
  let heardBy = new Set();
  const generic = e => e.matches('button,[role=button],[role=tab],[aria-expanded="false"],[data-toggle],[data-bs-toggle],' +
    '[data-target],[data-bs-target],a[href="#"]') || heardBy.has(e) || (window.__oitHeard || {}).shared;
  const candidates = () => {
    heardBy = new Set((window.__oitHeard || []).filter(h => h[1] === 'click' && h[0].isConnected).map(h => h[0]));
    const within = [...heardBy].some(e => e.children.length > 3);
    const found = new Set(document.querySelectorAll(explicit));
    for (const e of heardBy) if (text(e).length < 300) found.add(e);
    if (within || (window.__oitHeard || {}).shared) for (const e of document.querySelectorAll(looks))
      if (e.children.length < 4 && text(e).length < 200) found.add(e);
    return [...found].filter(openable).sort((a, b) => a.compareDocumentPosition(b) & 4 ? -1 : 1);
  };
  const choices = () => {
    const changed = new Set((window.__oitHeard || []).filter(h => h[1] === 'change').map(h => h[0]));
    const found = [];
    for (const s of [...document.querySelectorAll('select')].slice(0, 8)) {
      const code = s.getAttribute('onchange') || '', post = sends(s);
      const button = post && s.form.querySelector('[type=submit],button:not([type]),[type=image]');
      if (!code && !changed.has(s) && !button) continue;
      if (s.form && !post && /submit/i.test(code) && !/dopostback/i.test(code) && !/post/i.test(s.form.method)) continue;
      if (s.options.length > 24 || s.closest('nav,header,footer')) continue;
      for (const o of s.options) if (!o.defaultSelected && !/^(|-|0|-1|#)$/.test(o.value.trim()) && !/^https?:|\\.(pdf|html?)$/i.test(o.value))
        found.push([s, o, code || changed.has(s) ? null : button]);
    }
    return found;
  };
  const keyed = (list, base) => {
    const counts = {};
    return list.map(x => { const b = base(x); counts[b] = (counts[b] || 0) + 1; return [b + '#' + counts[b], x]; });
  };
  const next = () => {
    const clicks = keyed(candidates(), e => ['c', e.tagName, text(e).slice(0, 80), calls(e)].join('|'));
    const chosen = keyed(choices(), x => ['s', x[0].name || x[0].id, x[1].value].join('|'));
    return [...chosen, ...clicks].find(([key]) => !done.has(key));
  };
  const links = () => new Set([...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href')).filter(h => !/^javascript:/i.test(h)));
  const watch = new MutationObserver(list => { if (changes.length < 5000) changes.push(...list); });
  watch.observe(document.documentElement, {childList: true, subtree: true, attributes: true, attributeFilter: ['class', 'style', 'hidden', 'aria-hidden']});
  const settle = () => {
    if (!current) return null;
    changes.push(...watch.takeRecords());
    const {label, before, say} = current, added = [], shown = [];
    for (const c of changes) {
      if (c.type === 'childList') {
        for (const n of c.addedNodes) if (n.isConnected && (n.nodeType === 1 || n.textContent.trim()) && !(n.tagName === 'SCRIPT')) added.push(n);
      } else if (c.target.id !== undefined && c.target !== label && !c.target.contains(label) && !label.contains(c.target) &&
        c.target.textContent.trim().length > 1 && /(?:^|[\\s-])(?:active|show|in|open|is-open|visible|current|selected)(?:$|[\\s-])/.test(c.target.className + ' ') ||
        c.type === 'attributes' && /display:\\s*block/.test(c.target.getAttribute('style') || '')) shown.push(c.target);
    }
    changes = [];
    const tops = added.filter(n => !added.some(o => o !== n && o.contains(n)));
    const now = links(), lost = [...before].some(h => !now.has(h)), fresh = [...now].some(h => !before.has(h));
    const replaced = tops.length > 0 && lost && fresh && (!label.isConnected || tops.some(n => n.contains(label)) || current.choice);
    const parts = tops.filter(n => n.textContent.trim() && !(n.contains(label)));
    if (!replaced && parts.length && records.length < 200)
      records.push({label, box: parts[0].parentElement, nodes: parts, html: parts.map(n => n.outerHTML || n.textContent).join(' ').slice(0, 400000)});
    else if (!parts.length && shown.length && label.isConnected && !label.contains(shown[0]) && !shown[0].contains(label)) point(label, shown[shown.length - 1]);
    current = null;
    return {say, replaced, added: parts.length};
  };
  let ids = 0;
  const point = (label, pane) => {
    if (!pane || pane.tagName === 'BODY' || pane.contains(label)) return;
    if (!pane.id) pane.id = 'oit-pane-' + ++ids;
    label.setAttribute('data-oit-pane', pane.id);
  };
  const finish = () => {
    watch.disconnect();
    for (const {label, box, nodes, html} of records) {
      const live = nodes.some(n => n.isConnected && n.textContent.trim());
      if (live) { if (label.isConnected && box !== label.parentElement && !(box && box.contains(label)) && box !== label.nextElementSibling) point(label, box); continue; }
      const part = document.createElement('div');
      part.id = 'oit-pane-' + ++ids; part.className = 'tab-pane'; part.innerHTML = html;
      if (label.isConnected) { (label.closest('h1,h2,h3,h4,h5,h6,li') || label).after(part); label.setAttribute('data-oit-pane', part.id); }
      else document.body.append(part);
    }
    for (const host of [...document.querySelectorAll('*')].filter(e => e.shadowRoot).slice(0, 80)) {
      if (!host.shadowRoot.textContent.trim()) continue;
      const part = document.createElement('div');
      part.innerHTML = host.shadowRoot.innerHTML;
      host.append(part);
    }
    let rest = 0;
    for (const e of candidates()) { e.setAttribute(left, '1'); rest++; }
    return rest;
  };
  const step = () => {
    const last = settle(), found = next();
    if (!found) return {last, more: false};
    const [key, what] = found;
    done.add(key);
    const choice = Array.isArray(what), label = choice ? what[0] : what;
    const say = (choice ? what[1].text : text(label)).slice(0, 300);
    if (choice) what[0].setAttribute(opened, '1'); else { touched.add(label); label.setAttribute(opened, '1'); }
    current = {label, say, before: links(), choice};
    changes = []; watch.takeRecords();
    try {
      if (choice) {
        what[0].value = what[1].value;
        if (what[2]) what[0].form.requestSubmit(what[2]);
        else for (const kind of ['input', 'change']) what[0].dispatchEvent(new Event(kind, {bubbles: true}));
      } else label.click();
    } catch (x) { /* a handler of the page that fails opens nothing */ }
    return {last, more: true, say};
  };
  window.__oit = {step, settle, finish};
}"""


@dataclass(frozen=True, slots=True)
class OpenedState:
    """A further page that a click led to without an address of its own: what was clicked, and the page's markup."""

    label: str
    html: str


async def open_all(page: Any, busy: Callable[[], bool], speak: Callable[[str], None], clicks: int, end: float) -> tuple[int, list[OpenedState]]:  # fmt: skip
    """Click what opens something, up to `clicks` times and until `end` (monotonic); `busy` tells whether the page
    waits for an answer, `speak` is told the label of what is clicked next. Returns how often something was clicked,
    and the states in which the page's list was another."""
    states: list[OpenedState] = []
    await page.evaluate(_SETUP, [OPENED, LEFT])
    done = 0
    while done < clicks and time.monotonic() < end - 1:
        told = await asyncio.wait_for(page.evaluate("() => window.__oit.step()"), max(0.1, end - time.monotonic()))
        if not told["more"]:
            break
        done += 1
        speak(str(told["say"]))
        if await _answered(busy, end):
            last = await page.evaluate("() => window.__oit.settle()")
            if last and last["replaced"] and len(states) < _MOST_STATES:
                states.append(OpenedState(str(last["say"]), await page.content()))
    speak("")
    await page.evaluate("() => window.__oit.settle()")
    await page.evaluate("() => window.__oit.finish()")
    return done, states


async def _answered(busy: Callable[[], bool], end: float) -> bool:
    """Wait until what a click asked for has come; whether the page may have changed. True always: without a request
    the change came at once."""
    until = min(end, time.monotonic() + _ANSWER)
    await asyncio.sleep(_STEP)
    while busy() and time.monotonic() < until:
        await asyncio.sleep(_STEP)
    await asyncio.sleep(_STEP)
    return True
