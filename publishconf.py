"""The settings of the published site: those of pelicanconf.py, but for the origin where that must differ."""

from pelicanconf import *
