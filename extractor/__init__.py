"""gouji (勾稽): extracts and cross-checks the numbers of Chinese official annual reports."""

__version__ = "0.1.0"
