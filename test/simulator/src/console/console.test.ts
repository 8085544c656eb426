import vm from 'node:vm';
import WebSocket from 'ws';
import { DingTalkCaller } from '../testing/dingtalk-caller.ts';
import { markdownToHtml } from './markdown.ts';

const heading = (text: string): string => `<p class="heading" role="heading" aria-level="2">${text}</p>`;

test.each([
  ['### 标题\n\n正文  \n 第二行', `${heading('标题')}<p>正文<br>第二行</p>`],
  ['- **甲** 1\n- 乙', '<ul><li><strong>甲</strong> 1</li><li>乙</li></ul>'],
  ['1. 一\n2. 二\n- 三', '<ol><li>一</li><li>二</li></ol><ul><li>三</li></ul>'],
  ['> 引\n\n---', '<blockquote>引</blockquote><hr>'],
  [
    '[看](https://x.example/?a=1&b=2)',
    '<p><a href="#" data-link="https://x.example/?a=1&amp;b=2">看</a></p>',
  ],
  ['[看](javascript:alert(1))', '<p>[看](javascript:alert(1))</p>'],
  ['<img src=x onerror=alert(1)>', '<p>&lt;img src=x onerror=alert(1)&gt;</p>'],
  ['<font color="#ff0000">红</font>', '<p><font color="#ff0000">红</font></p>'],
  [
    '[a](https://x.example/"onmouseover="y)',
    '<p><a href="#" data-link="https://x.example/&quot;onmouseover=&quot;y">a</a></p>',
  ],
])('markdown %j', (text, html) => expect(markdownToHtml(text)).toBe(html));

describe('what the console asks for', () => {
  let caller: DingTalkCaller;
  beforeAll(async () => {
    caller = await DingTalkCaller.start({ appUrl: 'http://127.0.0.1:7001' });
    const send = (msg: object) =>
      caller.post('/topapi/message/corpconversation/asyncsend_v2', {
        agent_id: caller.simulator.agentId,
        userid_list: 'hr01',
        msg,
      });
    await send({ msgtype: 'text', text: { content: '<b>你好</b>' } });
    await send({
      msgtype: 'action_card',
      action_card: {
        title: '预览',
        markdown: '### 已发布',
        btn_orientation: '0',
        btn_json_list: [
          { title: '查看名单', action_url: 'http://127.0.0.1:7001/desk' },
          { title: '说明', action_url: 'http://127.0.0.1:7001/help' },
        ],
      },
    });
  });
  afterAll(() => caller.simulator.close());

  test('the chat shows messages safely, with their buttons', async () => {
    const { body } = await caller.control('GET', '/chat?userId=hr01');
    expect(body).toMatchObject({
      name: '周敏',
      messages: [
        { type: '文本', html: '<p>&lt;b&gt;你好&lt;/b&gt;</p>', links: [], isRead: false },
        {
          type: '卡片',
          html: heading('已发布'),
          links: [{ title: '查看名单', link: 'http://127.0.0.1:7001/desk' }, { title: '说明' }],
        },
      ],
    });
    expect((await caller.control('GET', '/chat?userId=lisi')).body.messages).toEqual([]);
    expect((await caller.control('GET', '/chat?userId=nobody')).status).toBe(404);
  });

  test('people come in groups with what they have not read', async () => {
    const { body } = await caller.control('GET', '/people?q=');
    const groups = body.groups as {
      title: string;
      count: number;
      people: { userid: string; unread: number }[];
    }[];
    expect(groups.map(({ title, count }) => [title, count])).toEqual([
      ['HR 与审计', 3],
      ['主管', 2],
      ['员工', 20],
    ]);
    expect(groups[0]?.people[0]).toMatchObject({ userid: 'hr01', unread: 2 });
    const found = (await caller.control('GET', '/people?q=S003')).body.groups;
    expect(found).toMatchObject([{ people: [{ userid: 'lisi' }] }]);
  });

  test('the page and its parts are there, and the script is JavaScript', async () => {
    const page = await caller.get('/');
    expect(page.text).toContain('模拟钉钉');
    const script = await caller.get('/_console/script.js');
    expect(() => new vm.Script(script.text)).not.toThrow();
    expect((await caller.get('/_console/style.css')).text).toContain('.sim{');
    const status = (await caller.control('GET', '/status')).body;
    expect(status).toMatchObject({ company: '安心企服', headcount: 25, appUrl: 'http://127.0.0.1:7001/' });
    expect(status.totals).toMatchObject({ metered: 2, meteredByPurpose: { 通知: 2 } });
  });

  test('open consoles are told of a change, other pages are not let in', async () => {
    const { apiBase } = caller.simulator;
    const url = `${apiBase.replace('http', 'ws')}/_sim/live`;
    const socket = new WebSocket(url, { origin: apiBase });
    const changed = new Promise((resolve) =>
      socket.once('message', (data: Buffer) => resolve(data.toString())),
    );
    await new Promise((resolve) => socket.once('open', resolve));
    await caller.control('POST', '/clock', { advance: 'PT1M' });
    expect(await changed).toBe('changed');
    socket.close();
    const foreign = new WebSocket(url, { origin: 'http://evil.example' });
    await expect(
      new Promise((resolve) =>
        foreign.once('open', () => resolve('open')).once('error', () => resolve('refused')),
      ),
    ).resolves.toBe('refused');
  });
});
