"""What training and running the language model share: word pieces, their features, windows and decoding.

Pure numpy on plain data: no PyTorch, no ONNX Runtime, no files. Import the modules by name.
"""
