"use strict";
// The table is whole without this script; it only hides the rows that nobody looks for.
(function () {
  var form = document.getElementById("filter"), table = document.getElementById("register");
  if (!table) { return; }
  var rows = Array.prototype.slice.call(table.tBodies[0].rows);
  var words = document.getElementById("words"), shown = document.getElementById("shown");
  var category = document.getElementById("category"), state = document.getElementById("state");
  function show() {
    var wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean), count = 0;
    rows.forEach(function (row) {
      var text = row.textContent.toLowerCase();
      var fits = (!category.value || row.dataset.category === category.value) &&
        (!state.value || row.dataset.state === state.value) &&
        wanted.every(function (word) { return text.indexOf(word) >= 0; });
      row.hidden = !fits;
      count += fits ? 1 : 0;
    });
    shown.textContent = shown.dataset.words.replace("{shown}", count).replace("{total}", rows.length);
  }
  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  [words, category, state].forEach(function (field) { field.addEventListener("input", show); });
  show();
}());
