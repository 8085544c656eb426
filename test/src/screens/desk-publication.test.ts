import { desktop, phone } from '../harness/browser.ts';
import { afterSuite } from '../harness/servers.ts';
import { decisionDesk } from './fixture-decisions.ts';
import { buildMiniapp, startFixtureServer } from './fixture-server.ts';
import { opened, writes } from './opened-desk.ts';
import { axeFindings, overflowWidth } from './page-checks.ts';

/** A browser on a shared, loaded machine; a lone run takes a few seconds. */
const PATIENCE_MS = 180_000;
beforeAll(buildMiniapp, PATIENCE_MS);

describe('publication', () => {
  test(
    'blocked: the reason can be reached by keyboard, and the button does nothing',
    async () => {
      const context = await desktop({ colorScheme: 'dark' });
      const desk = decisionDesk('review');
      desk.obstacles = ['还有 3 人没有决定：沈悦、韩磊、杨帆'];
      const server = await startFixtureServer({ isSignedIn: true, api: desk.api });
      afterSuite(() => server.close());
      const page = await context.newPage();
      await page.goto(`${server.origin}/desk/cycles/7/publish`);
      const button = page.getByRole('button', { name: '发布给 20 人' });
      await button.waitFor();
      expect(await button.getAttribute('aria-disabled')).toBe('true');
      await button.click({ force: true });
      expect(writes(desk)).toEqual([]);
      const reason = page.getByText('现在还不能发布：先处理上面 1 项。');
      await page.locator('#publish-reason').focus();
      expect(await reason.count()).toBe(1);
      expect(await page.evaluate('document.activeElement.id')).toBe('publish-reason');
      expect(await page.locator('.obstacles').innerText()).toContain('沈悦、韩磊、杨帆');
      expect(await axeFindings(page)).toEqual([]);
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'shows who gets what, the cards word for word, and publishes once; afterwards how far it is',
    async () => {
      const context = await desktop();
      const { page, desk, troubles } = await opened(context, 'review', '/desk/cycles/7/publish');
      await page.getByRole('heading', { name: '我们想和你聊聊更适合你的岗位' }).waitFor();
      expect(await page.locator('.sends tfoot').first().innerText()).toMatch(
        /20 \+ 3 张\s+5 件，另 7 件等回复\s+8 份/,
      );
      expect(await page.locator('.quota').innerText()).toContain('39');
      await page.getByText('本月已用 1,204 次，还剩 3,796 次（标准版每月 5,000 次）').waitFor();
      expect(await page.locator('.quota .warn').count()).toBe(0);
      await page.getByText('逐人看').click();
      expect(await page.locator('.recipients tbody tr').count()).toBe(20);
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: '发布给 20 人' }).dblclick();
      await page.getByRole('heading', { name: '已发布' }).waitFor();
      await page.getByText('通知：19 / 20 张已送达').waitFor();
      expect(desk.asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
      expect(await page.evaluate('document.activeElement.id')).toBe('outcome');
      expect(await axeFindings(page)).toEqual([]);
      expect(troubles).toEqual([]);
      await context.close();
    },
    PATIENCE_MS,
  );

  test.each(['light', 'dark'] as const)(
    'says in one sentence when the month’s quota does not suffice, in the %s theme and on 320 pixels',
    async (colorScheme) => {
      const context = await phone({ viewport: { width: 320, height: 640 }, colorScheme });
      const { page, desk } = await opened(context, 'review', '/desk/cycles/7');
      await page.locator('.rows .row').first().waitFor();
      desk.callsLeft = 20;
      await page.goto(`${new URL(page.url()).origin}/desk/cycles/7/publish`);
      await page.getByText('本月额度不够，还差 19 次：请先加额度，或等到下月再发布。').waitFor();
      expect(await overflowWidth(page)).toBeLessThanOrEqual(0);
      expect(await axeFindings(page)).toEqual([]);
      await context.close();
    },
    PATIENCE_MS,
  );
});
