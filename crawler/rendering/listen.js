// Runs before a page's own scripts: remembers which elements wait for a click or a choice.
(() => {
  const add = EventTarget.prototype.addEventListener;
  const heard = {click: new Set(), change: new Set(), anywhere: false};
  Object.defineProperty(window, '__oitHeard', {value: heard});
  EventTarget.prototype.addEventListener = function (kind, ...rest) {
    if (this instanceof Element && heard[kind] && heard[kind].size < 2000) heard[kind].add(this);
    else if (kind === 'click') heard.anywhere = true; // on the document: for whatever is clicked
    return add.call(this, kind, ...rest);
  };
})();
