"use strict";
// The page reads and links without this script; with it, verdicts are filtered, searched and shown in the text.
(function () {
  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function has(words, word) { return (" " + words + " ").indexOf(" " + word + " ") >= 0; }
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  function show(element, block) { element.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: block || "center" }); }

  each(document.querySelectorAll(".report, .listing"), function (report) {
    var prefix = report.dataset.prefix || "", form = report.querySelector(".filters");
    var cards = Array.prototype.map.call(report.querySelectorAll("[data-status]"), function (card) {
      return { card: card, text: card.textContent.toLowerCase() };
    });
    var notes = {};
    each(report.querySelectorAll("a.note[data-c]"), function (note) {
      (notes[note.dataset.c] = notes[note.dataset.c] || []).push(note);
    });
    var stretches = report.querySelectorAll(".s[data-c]"), lit = [];

    function chosen(name) {
      var boxes = form.querySelectorAll("input[name=" + name + "]");
      var on = {}; each(boxes, function (box) { if (box.checked) on[box.value] = true; });
      return boxes.length ? on : null;
    }
    function filter() {
      var status = chosen("status"), severity = chosen("severity"), shown = 0;
      var section = form.section ? form.section.value : "", indicator = form.indicator ? form.indicator.value : "";
      var search = form.search.value.trim().toLowerCase();
      cards.forEach(function (one) {
        var data = one.card.dataset;
        var good = (!status || status[data.status]) && (!severity || data.status !== "fail" || severity[data.severity]) &&
          (!section || has(data.sections, section)) && (!indicator || has(data.indicators, indicator)) &&
          (!search || one.text.indexOf(search) >= 0);
        one.card.hidden = !good;
        (notes[data.c] || []).forEach(function (note) { note.hidden = !good; });
        if (good) shown += 1;
      });
      var output = form.querySelector("output");
      output.textContent = output.dataset.words.replace("{shown}", shown).replace("{all}", cards.length);
    }
    function light(check) {
      lit.forEach(function (element) { element.classList.remove("lit"); });
      lit = Array.prototype.filter.call(stretches, function (s) { return has(s.dataset.c, check); });
      var card = document.getElementById(prefix + check);
      each(card.querySelectorAll("a[data-f]"), function (link) {
        var place = document.getElementById(prefix + "t-" + link.dataset.f);
        if (place) lit.push(place);
      });
      lit.forEach(function (element) { element.classList.add("lit"); });
      return lit[0];
    }
    function open(check) {
      var card = document.getElementById(prefix + check);
      card.hidden = false; card.open = true;
      card.querySelector("summary").focus({ preventScroll: true });
      show(card, "nearest");
    }
    if (form) {
      var due = 0;
      form.addEventListener("input", function () { cancelAnimationFrame(due); due = requestAnimationFrame(filter); });
      form.addEventListener("reset", function () { setTimeout(filter); });
      form.addEventListener("submit", function (event) { event.preventDefault(); });
    }
    each(report.querySelectorAll("details.card"), function (card) {
      card.querySelector("summary").addEventListener("click", function () {
        if (!card.open) { var place = light(card.dataset.c); if (place) show(place); }
      });
    });
    report.addEventListener("click", function (event) {
      var link = event.target.closest("a[data-c], a[data-f]");
      if (!link) return;
      if (link.dataset.c) {
        event.preventDefault();
        var place = light(link.dataset.c);
        if (link.classList.contains("goto")) { if (place) { show(place); report.querySelector(".text").focus({ preventScroll: true }); } }
        else open(link.dataset.c);
        hidePop();
      } else if (fact(report, prefix, link)) event.preventDefault();
    });
  });

  var pop = document.getElementById("pop");
  function hidePop() { if (pop && pop.matches && pop.hidePopover && pop.matches(":popover-open")) pop.hidePopover(); }
  function fact(report, prefix, link) {
    var row = document.getElementById(prefix + link.dataset.f);
    if (!row) return false;
    if (!pop || !pop.showPopover) { report.querySelector(".facts").open = true; return false; }
    var heads = row.closest("table").querySelectorAll("thead th"), list = document.createElement("dl");
    each(row.cells, function (cell, n) {
      var name = document.createElement("dt"), text = document.createElement("dd");
      name.textContent = heads[n].textContent;
      each(cell.childNodes, function (node) { text.appendChild(node.cloneNode(true)); });
      list.appendChild(name); list.appendChild(text);
    });
    pop.textContent = ""; pop.appendChild(list);
    pop.onclick = function (event) {
      var check = event.target.closest("a[data-c]");
      if (!check) return;
      event.preventDefault(); hidePop();
      var note = report.querySelector("a[data-c='" + check.dataset.c + "']:not(.goto)");
      if (note) note.click();
    };
    pop.showPopover();
    var at = link.getBoundingClientRect(), size = pop.getBoundingClientRect();
    pop.style.left = Math.max(8, Math.min(at.left, innerWidth - size.width - 8)) + "px";
    pop.style.top = (at.bottom + size.height + 8 < innerHeight ? at.bottom + 6 : Math.max(8, at.top - size.height - 6)) + "px";
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || /^(input|select|textarea)$/i.test(event.target.tagName)) return;
    var here = event.target.closest ? event.target.closest(".report") : null;
    var report = here || document.querySelector(".report, .listing");
    if (!report) return;
    if (event.key === "/") { var box = report.querySelector("input[type=search]"); if (box) { event.preventDefault(); box.focus(); } return; }
    if (event.key !== "j" && event.key !== "k") return;
    var seen = Array.prototype.filter.call(report.querySelectorAll("details.card"), function (card) { return !card.hidden; });
    var at = seen.indexOf(event.target.closest("details.card")) + (event.key === "j" ? 1 : -1);
    var next = seen[Math.max(0, Math.min(seen.length - 1, at))];
    if (next) { next.querySelector("summary").focus(); show(next, "nearest"); }
  });

  // A link from elsewhere to a verdict or a number opens what holds it.
  function arrive() {
    var name = decodeURIComponent(location.hash.slice(1)), target = document.getElementById(name);
    if (/^fp-[0-9a-f]+$/.test(name)) target = document.querySelector("[data-fp='" + name.slice(3) + "']");
    if (!target) return;
    if (target.matches("details.card")) { var note = target.querySelector("a.goto"); target.open = true; if (note) note.click(); }
    else if (target.closest("details")) { target.closest("details").open = true; }
    show(target);
  }
  window.addEventListener("hashchange", arrive);
  if (location.hash) arrive();

  // A printed page shows what a click would: everything but what passed is opened, and closed again afterwards.
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.filter.call(document.querySelectorAll("details.card:not(.pass), .diagnostics"), function (d) { return !d.open; });
    opened.forEach(function (d) { d.open = true; });
  });
  window.addEventListener("afterprint", function () { opened.forEach(function (d) { d.open = false; }); });
}());
