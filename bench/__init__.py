"""Measurements that print a table; none runs in the tests."""
