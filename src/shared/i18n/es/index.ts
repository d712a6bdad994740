/** All texts in Spanish. */
import { admin } from './admin.ts';
import { agents, wrapUpForm } from './agents.ts';
import {
  ring,
  call,
  customer,
  callEnds,
  phases,
  external,
  quality,
  devices,
  mediaFailures,
  dialpad,
  lastCall,
} from './calls.ts';
import { common, views, saving, palette, time } from './common.ts';
import { connection, reach } from './connection.ts';
import { contacts, cockpit, people } from './contacts.ts';
import { desktop } from './desktop.ts';
import { errors, refusals, notOffered, files, profile, requests, address } from './errors.ts';
import { history, notes, outcomes, bill, timeline, exporting } from './history.ts';
import { notices, noticeCentre, storage } from './notices.ts';
import { numbers, providerNames } from './numbers.ts';
import { providerErrors, ownMessages } from './provider-errors.ts';
import { links, localApi, screenPop } from './programs.ts';
import { relay } from './relay.ts';
import { findings, rateCard, billDifferences, hoursProblems, missing } from './rules.ts';
import { welcome, vault, settings, workspaces, demo } from './setup.ts';
import { team } from './team.ts';
import { todo } from './todo.ts';

export const es = {
  admin,
  agents,
  wrapUpForm,
  ring,
  call,
  customer,
  callEnds,
  phases,
  external,
  quality,
  devices,
  mediaFailures,
  dialpad,
  lastCall,
  common,
  views,
  saving,
  palette,
  time,
  connection,
  reach,
  contacts,
  cockpit,
  people,
  desktop,
  errors,
  refusals,
  notOffered,
  files,
  profile,
  requests,
  address,
  history,
  notes,
  outcomes,
  bill,
  timeline,
  exporting,
  notices,
  noticeCentre,
  storage,
  numbers,
  providerNames,
  providerErrors,
  ownMessages,
  links,
  localApi,
  screenPop,
  relay,
  findings,
  rateCard,
  billDifferences,
  hoursProblems,
  missing,
  welcome,
  vault,
  settings,
  workspaces,
  demo,
  team,
  todo,
};
