"""A file in which everything is right: the twin that every broken file is made from."""

from __future__ import annotations

from pathlib import Path

from sabai.definitions.model import Definitions
from sabai.definitions.reader import check_definitions, read_definitions
from sabai.errors import Issue

GOOD = """\
sabai: 1
workspace:
  name: Baan Coffee Cloud
  time_zone: Asia/Bangkok
  currency: THB
  languages: [th, en, ja, ar]
sources:
  product:
    files: usage/*.parquet
    table: events
    columns:
      account_id: org
      name: action
      occurred_at: at
      properties.device: device
    where: { version: "2" }
    lag: 1h
  bills:
    files: [2024.csv, 2025.csv]
    table: invoices
    columns:
      invoice_id: No.
      account_id: { from: Customer, through: crm }
      issued_on: { from: Date, format: "%d/%m/%Y" }
      currency: { value: THB }
metrics:
  logins: { count: events, where: { name: login }, window: 28d }
  change_of_logins: { change: logins }
  people: { distinct: contact, of: events, window: 4w }
  seats: { held: subscriptions.seats }
  seat_use: { ratio: [people, seats] }
  trend: { slope: people, over: 6 }
  growth_of_seats: { change: seats, over: 90d }
  faults: { share: tickets, where: { topic: bug }, window: 180d }
  urgent: { open: tickets, where: { severity: [urgent, high] } }
  decided: { count: touchpoints, where: { satisfaction: ">= 4", channel: [not: mail] }, window: 90d }
  nps: { last: responses.score, where: { kind: nps, answered_at: known }, stale_after: 365d }
  late: { mean: invoices.days_late, window: 1y }
  in_stage: { count: events, window: stage }
health:
  segments: [segment, properties.plan]
  reference: { from: 2025-01-01, to: 2025-06-30 }
  needs_coverage: 50%
  dimensions:
    usage:
      logins: { weight: 15, better: higher }
      seat_use: { weight: 10, curve: { 0%: 0, 50%: 60, 90%: 100 } }
    support:
      urgent: { weight: 10, better: lower }
  deductions:
    asked_to_cancel: { when: { event: cancel_viewed }, points: 15, for: 30d }
    nobody: { when: { people: "< 1" }, points: 5 }
  deduction_cap: 30
  bands: { cut: quartiles, hold: { points: 2, days: 14 } }
  young:
    until: 60d
    milestones: { first_login: { event: login }, three_people: { people: ">= 3" } }
  parents: own
stages:
  onboarding: start
  adoption: { event: report }
churn: { from: subscriptions, grace: 30d }

money:
  margin: 75%
  benchmarks: { churn: { value: 2%, source: "Cafés in Asia, a survey of 2026" } }

themes:
  competitor: drop
  speed: { words: { en: [crawls, -fast food] } }
  grinder:
    name: { en: Grinder, th: เครื่องบด }
    words: { en: [burr, grind~], ja: グラインダー }
    sentences: The coffee comes out too coarse.
  billing: { replaces: yes, words: { en: bill } }

labels:
  people: People at work
  logins: { th: การเข้าใช้งาน, ja: ログイン回数 }
  asked_to_cancel: Looked at cancelling
"""


def changed(*changes: tuple[str, str]) -> str:
    """GOOD with pieces replaced, each of which stands in it exactly once."""
    text = GOOD
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the good file"
        text = text.replace(old, new)
    return text


def write(folder: Path, text: str) -> Path:
    path = folder / "sabai.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str = GOOD) -> Definitions:
    return read_definitions(write(folder, text))


def issues(folder: Path, text: str) -> list[Issue]:
    return check_definitions(write(folder, text))[1]
