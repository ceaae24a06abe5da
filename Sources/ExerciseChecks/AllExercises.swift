import Grading

/// The exercises, in the order of their numbers: 100 points in all.
public let allExercises: [Exercise] = [
    exercise1,
    exercise2,
    exercise3,
    exercise4,
    exercise5,
    exercise6,
    exercise7,
    exercise8,
    exercise9,
    exercise10,
    exercise11,
    exercise12,
    exercise13,
    exercise14,
    exercise15,
]
