"""The proposals put to the test: each accepted file is read as the run will read it."""

from __future__ import annotations

import re
from collections import Counter

from audit_lib.errors import SourceError
from audit_lib.intake.beside import NO_CHANNEL
from audit_lib.intake.catalogue import CatalogueItem, build_catalogue
from audit_lib.intake.deliveries import Deliveries
from audit_lib.intake.doubles import Fingerprint, hold_doubles
from audit_lib.intake.entries import spec_for
from audit_lib.intake.learning import District
from audit_lib.intake.meanings import Unknown
from audit_lib.intake.survey import FileProposal
from audit_lib.params import Item, Town
from audit_lib.progress import track
from audit_lib.sources.clean.items import normal
from audit_lib.sources.columns import Dictionaries
from audit_lib.sources.convert import Converted
from audit_lib.sources.files import FileAccount, read_file
from audit_lib.sources.refusals import told
from audit_lib.sources.register import ACCEPTED, REJECTED, UNMAPPED
from audit_lib.sources.unread_dates import join_dates, unread_columns

#: a file of which more than this share cannot be used is asked about, not taken
_SPOILT = 0.5


def catalogue_of(district: District) -> list[CatalogueItem]:
    """The subsidies of the policy lists, then those the payments name."""
    policy = [row for found in district.references if found.kind == "policy" for row in found.rows]
    items = build_catalogue(policy, district.items, district.channels)
    titles = {normal(name) for name in district.from_titles}
    for item in items:
        if titles & item.spellings() and not any(
            normal(row.get("item", "")) in item.spellings() for row in policy
        ):
            item.remarks.append("名称取自清册的标题或文件名")
    return items


def count_listed_places(district: District) -> None:
    """A place on the delivered list is a place, however few live there."""
    often = max(10, sum(district.places.towns.values()) // 100)
    for reference in district.references:
        for row in reference.rows if reference.kind == "areas" else ():
            for natural in re.split(r"[、,,;;\s]+", row.get("natural", "")):
                district.places.add(row.get("town", ""), row.get("village", ""), natural, often)


def settle_channels(proposals: list[FileProposal], items: list[CatalogueItem]) -> None:
    """Lists that do not say how they were paid are taken as the policy list says of their subsidy."""
    for proposal in proposals:
        name = normal(proposal.constants.get("item", ""))
        known = next((item for item in items if name and name in item.spellings()), None)
        if proposal.table != "payment" or known is None or known.paid_through is None:
            continue
        for sheet in proposal.sheets:
            if NO_CHANNEL in sheet.remarks:
                sheet.remarks.remove(NO_CHANNEL)
                sheet.constants["channel"] = "系统" if known.paid_through else "系统外"
                sheet.remarks.append("发放渠道取自政策清单")


def try_reading(proposals: list[FileProposal], items: list[Item], towns: list[Town]) -> None:
    """Read each accepted file as the run will; what it cannot use is refused now, with the reason."""
    known, prints = Dictionaries.of(items, towns), dict[str, Fingerprint]()
    chosen = [proposal for proposal in proposals if proposal.decision == ACCEPTED]
    for proposal in track(chosen, "试读", total=len(chosen)):
        reasons, delivered, unknown = Counter[str](), 0, Unknown()
        sheets: list[Converted] = []
        try:
            for sheet in read_file(proposal.path, proposal.name, spec_for(proposal), known, FileAccount()):
                delivered += sheet.converted.delivered
                sheets.append(sheet.converted)
                unknown.add(proposal.sheets[0].table, sheet.converted)
                reasons.update(row.reason for row in sheet.converted.set_aside)
        except SourceError as error:
            said = f"{told(error, proposal.name)};{error.remedy}".replace("\n", " ").rstrip(";")
            proposal.decision, proposal.reason = REJECTED, said
            continue
        except (MemoryError, RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
            said = f"程序读不了这个文件({type(error).__name__});请用原系统重新导出为 .xlsx 或 CSV 后报送"
            proposal.decision, proposal.reason, proposal.sheets = REJECTED, said, []
            continue
        prints[proposal.name] = Fingerprint.of(sheets)
        proposal.sheets[0].remarks += unknown.questions(proposal.sheets[0].table)
        unread = unread_columns(join_dates([sheet.dates for sheet in sheets]))
        proposal.sheets[0].remarks += [f"问:{column}" for column in unread]
        if delivered and reasons.total() > delivered * _SPOILT:
            reason, rows = reasons.most_common(1)[0]
            proposal.questions.append(
                f"{delivered}行中有{reasons.total()}行不能用,主要是“{reason}”({rows}行)。列对应得对吗?"
            )
            proposal.decision, proposal.reason = UNMAPPED, proposal.questions[-1]
    hold_doubles(proposals, prints)


def apart(delivered: Deliveries, proposals: list[FileProposal]) -> list[FileProposal]:
    """Lines of the register for what was not looked at; a double is kept out by an entry of its own."""
    tables = {proposal.name: proposal for proposal in proposals}
    lines = []
    for file in delivered.apart:
        line = FileProposal(file.name, file.path, file.decision, file.reason)
        if file.twin:
            line.reference, line.sheets = "double", tables[file.twin].sheets[:1]
        lines.append(line)
    return lines
