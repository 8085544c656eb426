/** An open quarter menu closes on Escape and on a click elsewhere; what had the focus in it gives it to its button. */
export function closeMenus(): void {
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close(() => true);
  });
  document.addEventListener('click', ({ target }) => {
    close((menu) => !(target instanceof Node && menu.contains(target)));
  });
}

function close(isMeant: (menu: HTMLDetailsElement) => boolean): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
    if (!isMeant(menu)) continue;
    const focused = document.activeElement;
    menu.open = false;
    if (focused === document.body || menu.contains(focused)) menu.querySelector('summary')?.focus();
  }
}
