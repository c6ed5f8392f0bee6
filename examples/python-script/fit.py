"""Fits ppm = a + b·t + c·t² to monthly means, t in years since 2000. Needs nothing but Python."""

import csv
import json
import os
import sys


def read_means(path, since):
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            year, month, _ = row["Date"].split("-")
            if int(year) >= since:
                yield int(year) + (int(month) - 0.5) / 12 - 2000, float(row["adjusted CO2"])


def solve(matrix, vector):
    """Gaussian elimination; the normal equations of three unknowns are well enough behaved for it."""
    rows = [list(row) + [value] for row, value in zip(matrix, vector)]
    for i, row in enumerate(rows):
        rows[i] = [value / row[i] for value in row]
        for j, other in enumerate(rows):
            if j != i:
                rows[j] = [b - other[i] * a for a, b in zip(rows[i], other)]
    return [row[-1] for row in rows]


def fit(points):
    powers = [sum(t**n for t, _ in points) for n in range(5)]
    return solve(
        [powers[i : i + 3] for i in range(3)],
        [sum(ppm * t**n for t, ppm in points) for n in range(3)],
    )


def main():
    with open(os.environ["RUNNABLE_PARAMETERS"]) as file:
        parameters = json.load(file)
    points = list(read_means(sys.argv[1], parameters["since"]))
    a, b, c = fit(points)
    print(f"{len(points)} months: {a:.2f} + {b:.3f} t + {c:.4f} t²")

    residuals = [(t, ppm - (a + b * t + c * t * t)) for t, ppm in points]
    with open("residuals.csv", "w", newline="") as file:
        csv.writer(file).writerows([("year", "ppm"), *((f"{2000 + t:.3f}", f"{r:.3f}") for t, r in residuals)])

    ahead = parameters["ahead"] - 2000
    returns = {
        "ppmPerYear": round(b + 2 * c * points[-1][0], 3),
        "ppmAhead": round(a + b * ahead + c * ahead * ahead, 1),
        "error": round((sum(r * r for _, r in residuals) / len(residuals)) ** 0.5, 3),
    }
    with open(os.environ["RUNNABLE_OUTPUT"], "w") as file:
        json.dump(returns, file)


main()
