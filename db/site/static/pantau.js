// Keyboard help. Every page works without it.
(() => {
  const typing = (element) => (/^(input|textarea|select)$/i.test(element.tagName) && element.type !== "checkbox") || element.isContentEditable;
  const items = () => [...document.querySelectorAll("[data-item]")];

  const choose = (step) => {
    const all = items();
    if (!all.length) return;
    const now = all.findIndex((item) => item.classList.contains("chosen"));
    const next = Math.min(Math.max(now + step, 0), all.length - 1);
    all.forEach((item, index) => item.classList.toggle("chosen", index === next));
    all[next].scrollIntoView({ block: "nearest" });
    all[next].querySelector("[data-open]")?.focus({ preventScroll: true });
  };

  const keys = {
    j: () => choose(1),
    k: () => choose(-1),
    x: () => document.querySelector("[data-item].chosen [data-pick]")?.click(),
    "/": () => {
      const box = document.querySelector("[data-search]");
      if (box) box.focus();
      else location.assign("/cari");
    },
    "?": () => location.assign("/bantuan"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  document.addEventListener("change", () => {
    const said = document.querySelector("[data-picked]");
    if (said) said.textContent = document.querySelectorAll("[data-pick]:checked").length || "";
  });

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.querySelectorAll("[data-reads-into]").forEach((file) => {
    file.closest("[data-script-only]").hidden = false;
    file.addEventListener("change", async () => {
      if (file.files.length) document.getElementById(file.dataset.readsInto).value = await file.files[0].text();
    });
  });
})();
