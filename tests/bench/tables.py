"""Aligned text tables, and whether an aim was met."""

BUSY = 0.3  # cores taken by other programs above which a time says more about them


def table(title, columns, rows):
    """Print a table; numbers stand on the right, words on the left."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[n]) for row in [columns, *texts]) for n in range(len(columns))]
    right = [bool(rows) and all(is_number(row[n]) for row in texts) for n in range(len(columns))]

    def line(cells):
        return "  ".join(cell.rjust(width) if to_right else cell.ljust(width)
                         for cell, width, to_right in zip(cells, widths, right)).rstrip()

    print(f"\n{title}\n")
    print("  " + line(columns))
    print("  " + line(["-" * width for width in widths]))
    for row in texts:
        print("  " + line(row))
    print(flush=True)


def is_number(text):
    return text.strip("-~ ") == "" or text.lstrip("-~")[:1].isdigit()


def milliseconds(value):
    return "-" if value is None else f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}"


def kilobytes(value):
    return f"{value / 1000:,.1f}"


def judged(value, aim, others=None):
    """`met`, or by how much an aim was missed; with a doubt where other programs took much of the machine."""
    if value <= aim:
        return "met"
    return f"NOT MET, {value / aim:.1f}x" + (" (busy)" if others is not None and others > BUSY else "")
