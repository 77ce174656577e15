"""How a decision can be appealed: which instructions it is given, and until which day.

The law: kuntalaki (410/2015) 134-140 §, hallintolaki (434/2003) 59 §, laki sähköisestä asioinnista
viranomaistoiminnassa (13/2003) 19 §, laki säädettyjen määräaikain laskemisesta (150/1930).
"""
