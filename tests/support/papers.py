"""The demonstration decision as the paper that a board's secretary would send."""

from mikrogrow.demonstration import decision


def demonstration_paper() -> str:
    attachments = "\n".join(
        f"{number} {decision.CASE_REFERENCE} {title}" for number, title in decision.ATTACHMENTS.items()
    )
    return "\n\n".join(
        [
            "Kuopion kaupunki        Pöytäkirja        Sivu 1 (1)\nKaupunginhallitus",
            f"§ 13 Asianro {decision.CASE_NUMBER}",
            decision.TITLE,
            "Elinkeinojohtaja Jukka Tapio Pitkänen\nYrityspalvelu",
            decision.BACKGROUND.strip(),
            decision.FINANCING.strip(),
            f"Vaikutusten arviointi\n{decision.IMPACT}",
            f"Esitys\n{decision.MOTION.strip()}",
            f"Liitteet\n{attachments}",
            "Valmistelija\nAnna-Liisa Martikainen, puh. +358 00 000 0000\nvalmistelija@example.org",
            f"Päätösehdotus\nVs. kaupunginjohtaja Jarmo Pirhonen\n\n{decision.PROPOSAL.strip()}",
            f"Päätös\n{decision.DECISION}",
            "",
        ]
    )
