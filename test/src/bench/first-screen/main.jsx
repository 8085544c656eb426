// The baseline of the bench `first-screen`: the staff home as React and antd-mobile give it, rendered in the browser.
import 'dingtalk-jsapi/entry/union';
import { requestAuthCode$ } from 'dingtalk-jsapi/api/runtime/permission/requestAuthCode';
import {
  Button,
  Card,
  Grid,
  List,
  NavBar,
  ProgressBar,
  ProgressCircle,
  PullToRefresh,
  Skeleton,
  Tag,
} from 'antd-mobile';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

const yuan = (fen) => (fen / 100).toLocaleString('zh-CN', { style: 'currency', currency: 'CNY' });

async function signedIn() {
  const session = await fetch('/api/v1/session');
  if (session.ok) return;
  const { code } = await requestAuthCode$({ corpId: 'dingfixture' });
  await fetch('/api/v1/session', {
    method: 'POST',
    body: JSON.stringify({ corpId: 'dingfixture', authCode: code }),
  });
}

function Home() {
  const [home, setHome] = useState(null);
  const load = async () => {
    await signedIn();
    setHome(await (await fetch('/api/v1/me/home')).json());
  };
  useEffect(() => void load(), []);
  if (!home) return <Skeleton.Paragraph lineCount={6} animated />;
  const { statement, match } = home;
  return (
    <PullToRefresh onRefresh={load}>
      <NavBar back={null}>{home.viewer.name}，上午好</NavBar>
      <Card title="第三季度激励" extra={<Button size="small">明细</Button>}>
        <h1>{yuan(statement.totalFen)}</h1>
        <ProgressBar percent={100} />
        <ProgressBar percent={(100 * statement.oldPlan.totalFen) / statement.totalFen} />
        <Grid columns={4}>
          {statement.components.map((one) => (
            <Grid.Item key={one.component}>{yuan(one.amountFen)}</Grid.Item>
          ))}
        </Grid>
      </Card>
      <Card title={<Tag color="primary">直接转型</Tag>}>
        <ProgressCircle percent={match.result.scoreHundredths / 100}>
          {match.result.scoreHundredths / 100}
        </ProgressCircle>
        <List>
          {match.result.strongest.map((point) => (
            <List.Item key={point.metric} extra={point.valueTenThousandths / 10000}>
              {point.name}
            </List.Item>
          ))}
        </List>
      </Card>
    </PullToRefresh>
  );
}

createRoot(document.getElementById('root')).render(<Home />);
