import { lookUp, t } from '../../../shared/i18n/i18n.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DemoCustomer } from '../../../shared/ipc/demo.ts';
import { displayPhone } from '../../../shared/lib/phone.ts';
import { act, fetchFromMain, queryErrorMessage } from '../../state/requests.ts';
import { prepareDial } from '../../state/ui.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Country } from '../../ui/country.tsx';
import { Page } from '../../ui/page.tsx';
import { FailureCard } from '../../ui/failure.tsx';
import css from './demo-view.module.css';

/** The simulated customers: some call, some can be called. */
export function DemoView() {
  const { data, error } = useQuery({
    queryKey: ['demo-customers'],
    queryFn: () => fetchFromMain('demo.customers', {}),
  });
  const inbound = data?.filter(({ direction, team }) => direction === 'inbound' && !team) ?? [];
  const team = data?.filter(({ team }) => team) ?? [];
  const outbound = data?.filter(({ direction }) => direction === 'outbound') ?? [];
  return (
    <Page title={t('views.demo')} intro={t('demo.demoIntro')}>
      {error && <FailureCard message={queryErrorMessage(error)} />}
      <Group title={t('demo.demoInbound')} customers={inbound} />
      <Group title={t('demo.demoTeam')} customers={team} />
      <Group title={t('demo.demoOutbound')} customers={outbound} />
    </Page>
  );
}

function Group({ title, customers }: { title: string; customers: readonly DemoCustomer[] }) {
  if (customers.length === 0) return null;
  return (
    <section>
      <h2 className={css.heading}>{title}</h2>
      <ul aria-label={title}>
        {customers.map((customer) => (
          <Row key={customer.id} customer={customer} />
        ))}
      </ul>
    </section>
  );
}

/** It takes a moment until the call rings; a second press would start another call. In ms. */
const CALLING_MS = 2500;

function Row({ customer }: { customer: DemoCustomer }) {
  const [calling, setCalling] = useState(false);
  const number = displayPhone(customer.waId);
  const call = () => {
    setCalling(true);
    setTimeout(() => setCalling(false), CALLING_MS);
    void act('demo.call', { customerId: customer.id });
  };
  return (
    <li className={css.row} aria-label={customer.name}>
      <Avatar party={{ name: customer.name, waId: customer.waId }} />
      <div className={css.person}>
        <p className={css.name} dir="auto">
          {customer.name}
        </p>
        <p className={css.does}>{lookUp('demo.does', customer.does) ?? customer.does}</p>
      </div>
      <p className={css.number}>
        <Country code={customer.country} short />
        <span className="num" dir="ltr">
          {number}
        </span>
      </p>
      {customer.direction === 'inbound' ? (
        <Button
          icon="bell"
          aria-label={`${t('demo.callMe')}: ${customer.name}`}
          blocked={calling ? t('demo.callingYou') : undefined}
          onClick={call}
        >
          {t('demo.callMe')}
        </Button>
      ) : (
        <Button
          icon="phone"
          aria-label={`${t('dialpad.dial')}: ${customer.name}`}
          onClick={() => prepareDial(customer.waId)}
        >
          {t('dialpad.dial')}
        </Button>
      )}
    </li>
  );
}
