"""Followthrough's functional core: tables and frozen values in, tables and frozen values out."""
