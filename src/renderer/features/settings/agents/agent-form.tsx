import { type FormEvent, useState } from 'react';
import { numbersIn } from '../../../../shared/agents/agents-csv.ts';
import { fill, t } from '../../../../shared/i18n/i18n.ts';
import type { ManagedAgent, NewAgent } from '../../../../shared/protocol/agent-admin.ts';
import { callRights, role } from '../../../../shared/protocol/rights.ts';
import { useSnapshot } from '../../../state/snapshot-store.ts';
import { Button } from '../../../ui/button.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { TextField } from '../../../ui/field.tsx';
import css from './agents.module.css';

interface AgentFormProps {
  /** The agent that is changed; left out, one is added. */
  agent?: ManagedAgent | undefined;
  onSave: (agent: NewAgent) => void;
  onCancel: () => void;
}

/** An agent's name and rights. Id and name of an agent that is there stay as they are. */
export function AgentForm({ agent, onSave, onCancel }: AgentFormProps) {
  const [id, setId] = useState(agent?.id ?? '');
  const [name, setName] = useState(agent?.name ?? '');
  const [chosenRole, setRole] = useState(agent?.role ?? 'agent');
  const [calls, setCalls] = useState(agent?.calls ?? 'all');
  const [team, setTeam] = useState(agent?.team ?? '');
  const { numbers = 'all' } = agent ?? {};
  const [scope, setScope] = useState<'all' | 'some'>(numbers === 'all' ? 'all' : 'some');
  const [some, setSome] = useState(numbers === 'all' ? '' : numbers.join(' '));
  const accounts = useSnapshot((snapshot) => snapshot.accounts);
  const ids = accounts.map((account) => account.id);
  const save = (event: FormEvent) => {
    event.preventDefault();
    onSave({
      id: id.trim(),
      name: name.trim(),
      role: chosenRole,
      calls,
      team: team.trim(),
      numbers: scope === 'all' ? 'all' : numbersIn(some),
    });
  };
  const label = agent ? t('agents.edit', { name: agent.name }) : t('agents.add');
  return (
    <form className={css.form} aria-label={label} onSubmit={save}>
      {!agent && (
        <>
          <TextField
            label={t('agents.id')}
            note={t('agents.idNote')}
            value={id}
            required
            maxLength={64}
            onChange={(event) => setId(event.target.value)}
          />
          <TextField
            label={t('agents.name')}
            value={name}
            required
            maxLength={100}
            onChange={(event) => setName(event.target.value)}
          />
        </>
      )}
      <Choice
        label={t('agents.role')}
        value={chosenRole}
        options={role.options.map((value) => ({ value, label: t(`agents.roles.${value}`) }))}
        onChange={setRole}
      />
      <TextField
        label={t('agents.team')}
        value={team}
        maxLength={100}
        onChange={(event) => setTeam(event.target.value)}
      />
      <Choice
        label={t('agents.callRights')}
        value={calls}
        options={callRights.options.map((value) => ({ value, label: t(`agents.calls.${value}`) }))}
        onChange={setCalls}
      />
      <Choice
        label={t('agents.numbers')}
        value={scope}
        options={[
          { value: 'all', label: t('agents.numbersAll') },
          { value: 'some', label: t('agents.numbersSome') },
        ]}
        onChange={setScope}
      />
      {scope === 'some' && (
        <TextField
          label={t('agents.numberIds')}
          note={fill('agents.numberIdsNote', { ids: ids.join(' ') })}
          value={some}
          onChange={(event) => setSome(event.target.value)}
        />
      )}
      <div className={css.actions}>
        <Button type="submit" look="accent">
          {t('agents.save')}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t('agents.cancel')}
        </Button>
      </div>
    </form>
  );
}
