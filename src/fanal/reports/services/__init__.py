"""Every write to reports: opened, outlined, asked, written, reviewed, signed, chosen, frozen, published."""

from .choosing import choose
from .freezing import Stopped, build, freeze, proof, publish, rebuild
from .opening import ask, open_report, withdraw
from .outlining import add_section, change_section, drop_section, move_section
from .sweeping import remind
from .writing import accept, send, send_back, sign, write

__all__ = [
    "Stopped",
    "accept",
    "add_section",
    "ask",
    "build",
    "change_section",
    "choose",
    "drop_section",
    "freeze",
    "move_section",
    "open_report",
    "proof",
    "publish",
    "rebuild",
    "remind",
    "send",
    "send_back",
    "sign",
    "withdraw",
    "write",
]
