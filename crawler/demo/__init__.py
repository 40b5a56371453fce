"""Invented sample outlets, served over real HTTP on loopback for the demo and the tests."""
