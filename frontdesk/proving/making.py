"""Makes the paths of a graph: few calls that come through everything in it, and more until faults in it are noticed."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.actions.catalogue import CATALOGUE
from frontdesk.bootstrap.reading import Folders
from frontdesk.brain.utterance.phrases import Phrases
from frontdesk.conversation.ports import Content
from frontdesk.processes import cores
from frontdesk.proving.covering import Cover, GeneratedPath, cover, cover_heard, made_path
from frontdesk.proving.exploring import Explored
from frontdesk.proving.following import followed
from frontdesk.proving.impossible import cannot_happen, target_of
from frontdesk.proving.judging import Judge
from frontdesk.proving.mutants import mutants_of
from frontdesk.proving.sharpening import Sharpening
from frontdesk.proving.situations import Situations
from frontdesk.proving.telling import Told, untold
from frontdesk.proving.voices import Voices
from fsm.explore import TooManySituations, explore
from fsm.yaml_source import read_yaml

__all__ = ["make_paths", "paths_against_faults"]


def make_paths(content: Content, phrases: Phrases, told: Told = untold) -> tuple[Cover, Explored]:
    """Paths that cover what can be covered, and what was explored. The same content gives the same paths.

    What callers have no words for that the rules understand, and what they come to only so, is covered as a language
    model hears it; such targets stay among those that are `unsaid`.
    """
    situations = Situations(content)
    told("exploring what calls can come to")
    explored = Explored.of(situations)
    told("choosing calls that come through all of it")
    made = cover(explored, Voices(situations, content.brain, phrases).can_say)
    made.paths += cover_heard(explored, made.unsaid)
    never = cannot_happen(content.graph, explored.targets.values())
    missing = {name: target for name, target in explored.targets.items() if name not in explored.found | never}
    if missing:
        told("exploring what calls can come to that a language model understands")
        heard = Explored.of(Situations(content, by_model=True), missing)
        made.paths += cover_heard(heard, heard.found)
        made.unsaid |= heard.found
        exact = _followed(content, heard)
        made.paths += exact
        made.unsaid |= {name for path in exact for name in path.covers & missing.keys()}
    return made, explored


def _followed(content: Content, heard: Explored) -> list[GeneratedPath]:
    """Paths along the shortest calls of the exact exploration, to transitions that were not found by trying things out."""
    try:
        exact = explore(content.graph.spec, content.graph.catalogue)
    except TooManySituations:
        return []
    paths: list[GeneratedPath] = []
    left = {name for name in heard.missing if heard.targets[name].kind == "transitions"}
    for transition in exact.all_transitions:
        name = target_of(transition)
        way = exact.path_to(transition) if name in left else None
        course = followed(heard.situations, way) if way is not None else None
        path = made_path(heard, *course) if course is not None and course[0] in heard.begun else None
        if path is not None and name in path.covers:
            paths.append(path)
            left -= path.covers
    return paths


def paths_against_faults(
    folders: Folders, content: Content, phrases: Phrases, paths: Sequence[GeneratedPath], told: Told = untold
) -> list[GeneratedPath]:
    """More paths, for faults in the graph that would go unnoticed. The same content gives the same paths."""
    document = read_yaml(folders.file("states.yaml")[0]).data
    judge = Judge(folders, paths)
    situations = Situations(content)
    told("exploring where a fault could show")
    sharpening = Sharpening(Explored.of(situations, longer=True), Voices(situations, content.brain, phrases).can_say, judge)
    judge.prepare()
    return sharpening.paths_against(mutants_of(document, CATALOGUE), cores(), told)
