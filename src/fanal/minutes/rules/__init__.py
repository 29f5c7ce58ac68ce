"""What is so in a session and after it, as functions of plain values: attendance, merged notes, silence, states."""
