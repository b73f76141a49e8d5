package io.tubelet.tensor;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Between Java arrays and tensors; every call copies. New tensors lie on the CPU. */
public final class HostArrays {
  private HostArrays() {}

  /** A uint8 tensor of these bytes. */
  public static Tensor ofBytes(byte[] values, long... shape) {
    Tensor out = empty(ScalarType.Byte, values.length, shape);
    out.<ByteBuffer>createBuffer().put(values);
    return out;
  }

  /** A float32 tensor of these values. */
  public static Tensor ofFloats(float[] values, long... shape) {
    Tensor out = empty(ScalarType.Float, values.length, shape);
    out.<FloatBuffer>createBuffer().put(values);
    return out;
  }

  /** An int64 tensor of these values. */
  public static Tensor ofLongs(long[] values, long... shape) {
    Tensor out = empty(ScalarType.Long, values.length, shape);
    out.<LongBuffer>createBuffer().put(values);
    return out;
  }

  /** An int64 tensor of these numbers, one row each; rows must be equally long. */
  public static Tensor ofRows(int[][] rows) {
    int width = rows[0].length;
    long[] flat = new long[rows.length * width];
    for (int r = 0; r < rows.length; r++) {
      if (rows[r].length != width) {
        throw new IllegalArgumentException(
            "rows must be equally long: row 0 has %d, row %d has %d"
                .formatted(width, r, rows[r].length));
      }
      for (int c = 0; c < width; c++) {
        flat[r * width + c] = rows[r][c];
      }
    }
    return ofLongs(flat, rows.length, width);
  }

  /** The rows of a matrix of any real type and place, as float32: {@code [R, C] -> [R][C]}. */
  public static float[][] toRows(Tensor matrix) {
    int rows = Math.toIntExact(matrix.size(0));
    int width = Math.toIntExact(matrix.size(1));
    float[] flat = toFloats(matrix);
    float[][] out = new float[rows][];
    for (int r = 0; r < rows; r++) {
      out[r] = Arrays.copyOfRange(flat, r * width, (r + 1) * width);
    }
    return out;
  }

  /** The values of a tensor of any real type and place, as float32 in row-major order. */
  public static float[] toFloats(Tensor tensor) {
    float[] out = new float[Math.toIntExact(tensor.numel())];
    onHost(tensor, ScalarType.Float).<FloatBuffer>createBuffer().get(out);
    return out;
  }

  /** The values of an integer tensor, in row-major order. */
  public static long[] toLongs(Tensor tensor) {
    long[] out = new long[Math.toIntExact(tensor.numel())];
    onHost(tensor, ScalarType.Long).<LongBuffer>createBuffer().get(out);
    return out;
  }

  /** The bytes of a uint8 tensor, in row-major order. */
  public static byte[] toBytes(Tensor tensor) {
    byte[] out = new byte[Math.toIntExact(tensor.numel())];
    onHost(tensor, ScalarType.Byte).<ByteBuffer>createBuffer().get(out);
    return out;
  }

  private static Tensor onHost(Tensor tensor, ScalarType type) {
    return tensor.detach().to(Placement.CPU.device(), type).contiguous();
  }

  private static Tensor empty(ScalarType type, int values, long... shape) {
    long wanted = 1;
    for (long size : shape) {
      wanted = Math.multiplyExact(wanted, size);
    }
    if (wanted != values) {
      throw new IllegalArgumentException(
          "shape %s needs %d values, got %d".formatted(Arrays.toString(shape), wanted, values));
    }
    return torch.empty(shape, new TensorOptions(type), null);
  }
}
