"""Words that questions are made of and that are about nothing, folded: without accents, in lower case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["STOP_WORDS"]

STOP_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "fr": frozenset(
        """ai aimerais alors apres as au aussi autre aux avant avec avez avoir ben bien bonjour bonsoir ca car ce cela celle celui ces
        cet cette chez comme comment combien dans de depuis des deux dire dites dois donc du elle elles en encore entre es est et etaient
        etait ete etes etre eu euh faire fait faites faut font hein il ils ici je juste la le les leur leurs lui ma mais me meme merci mes
        moi mon ne nos notre nous on ont ou oui par parce pardon pas peu peut peux plait plus possible pour pourquoi pouvez pourrais
        pourriez prendre puis quand que quel quelle quelles quelque quelques quels question qui quoi sais salon sans savoir se sera serait
        ses si son sont sous suis sur ta tant te tes toi ton tous tout toute toutes tres tu un une vais va vas venir veux voila voudrais
        voulais vos votre vous vraiment y chose passe sinon cas vers chaque moment rendez""".split()
    ),
    "de": frozenset(
        """ab aber als also am an auch auf aus bei beim bin bis bitte brauche da dann das dass dazu dein dem den denn der des die dies diese
        diesem diesen dieser doch dort du durch eigentlich ein eine einem einen einer eines er es etwas euch euer fur frage ganz geht gibt
        gern gerne gerade guten habe haben hallo hat hatte hatten hier ich ihm ihn ihnen ihr ihre ihrem ihren im in ins ist ja jetzt kann
        kein keine konnen konnte konnten machen man mal mein meine meinem meinen meiner mich mir mit mochte morgen muss nach nein nicht
        nichts noch nun nur ob oder ohne salon schon sehr sein seine sich sie sind so soll sollte tag um und uns unser unsere unter von vor
        wann war warum was weil welche welchen welcher wenn wer werde werden wie wieder wird wissen wo wollte wurde wurden zu zum zur
        machst macht tun sagen kommen bekommen moglich termin""".split()
    ),
    "en": frozenset(
        """a about after all also am an and any anything are as ask at be because been before but by can come could did do does doing don
        for
        from get go going good got had has have hello hey hi how i if im in into is it its just know let like many may me might more much
        my need no not now of off ok okay on once one only or other our out over please possible question really right salon say see shall
        she should so some something sort sorry tell than thank thanks that the their them then there these they thing this those to too
        up us very want wanted was we well were what when where which while who whom whose why will with wondering would yeah yes you your
        yours appointment kind way here lot bit""".split()
    ),
    "es": frozenset(
        """a ahi ahora al algo alguien algun alguna antes aqui asi aun bien bueno buenas buenos cada casi como con cosa cual cuales cuando
        cuanto cuantos de decir del dentro desde despues dia dias donde dos el ella ellas ellos en entonces entre era eres es esa ese eso
        esos esta estaba estan estar estas este esto estos estoy fue gracias ha haber habia hace hacen hacer han hasta hay he hola ir la
        las le les lo los mas me mi mis mismo mucho muy nada ni no nos nosotros nuestra nuestro o oiga os otra otro para pero podria puede
        puedo pueden pues poder por porque pregunta que querer queria quiero quien quisiera saber salon se sea ser si sido sin sobre solo
        son soy su sus tal tambien tan tanto te tener tengo tiene tienen todo todos tu tus un una uno unos usted ustedes va vale vamos venir
        voy ya yo cita seria""".split()
    ),
}
"""By language. A language that is not here has none, and every word of three letters counts."""
