import { refreshText } from '@shigang/shared';

/** How far a finger pulls before letting go reloads, in CSS pixels. */
const ENOUGH = 72;

/** Pulling down at the top loads the page again: pages are one request, so a reload is all there is to refresh. */
export function pullToRefresh(): void {
  const sign = document.createElement('div');
  sign.className = 'pull';
  sign.setAttribute('aria-hidden', 'true');
  document.body.append(sign);
  let from: number | null = null;
  let pulled = 0;
  const show = (distance: number): void => {
    pulled = distance;
    sign.textContent = refreshText[distance > ENOUGH ? 'refresh.release' : 'refresh.pull'];
    sign.classList.toggle('on', distance > ENOUGH / 3);
  };
  document.addEventListener('touchstart', ({ touches }) => {
    const isAtTop = scrollY <= 0 && !document.documentElement.classList.contains('locked');
    from = isAtTop ? (touches[0]?.clientY ?? null) : null;
  });
  document.addEventListener(
    'touchmove',
    ({ touches }) => {
      if (from !== null) show((touches[0]?.clientY ?? from) - from);
    },
    { passive: true },
  );
  document.addEventListener('touchend', () => {
    const isEnough = from !== null && pulled > ENOUGH;
    from = null;
    if (!isEnough) return show(0);
    sign.textContent = refreshText['refresh.busy'];
    location.reload();
  });
}
