import Grading

/// The exercises, in the order of their numbers: 100 points in all.
public let allExercises: [Exercise] = [
    exercise3,
    exercise8,
    exercise9,
    exercise10,
    exercise11,
    exercise12,
    exercise13,
    exercise14,
    exercise15,
]
