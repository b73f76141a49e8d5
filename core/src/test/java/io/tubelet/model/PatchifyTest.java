package io.tubelet.model;

import static io.tubelet.fixture.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.clip.ClipShape;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatchifyTest {
  private static final ClipShape CLIP = new ClipShape(4, 6, 4, 2, 2);

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** Every byte names its place: frame, row, column and colour as digits. */
  private static Tensor numbered() {
    byte[] bytes = new byte[CLIP.bytes()];
    int i = 0;
    for (int t = 0; t < CLIP.frames(); t++) {
      for (int y = 0; y < CLIP.height(); y++) {
        for (int x = 0; x < CLIP.width(); x++) {
          for (int c = 0; c < 3; c++) {
            bytes[i++] = (byte) (((t * 6 + y) * 4 + x) * 2 + c);
          }
        }
      }
    }
    return HostArrays.ofBytes(bytes, 1, 4, 6, 4, 3);
  }

  @Test
  void tokens_secondSlotLastPlace_holdsFramesRowsColumnsColoursInOrder() {
    Tensor tokens = new Patchify(CLIP).tokens(numbered());
    long[] last = HostArrays.toLongs(tokens.select(1, 11));
    int i = 0;
    for (int t = 2; t < 4; t++) {
      for (int y = 4; y < 6; y++) {
        for (int x = 2; x < 4; x++) {
          for (int c = 0; c < 3; c++) {
            assertThat(last[i++]).isEqualTo((((t * 6 + y) * 4 + x) * 2 + c) % 256);
          }
        }
      }
    }
  }

  @Test
  void tokens_wrongSize_saysBothShapes() {
    assertThatThrownBy(() -> new Patchify(CLIP).tokens(torch.zeros(1, 3, 4, 6, 4)))
        .hasMessageContaining("clips: expected [-1, 4, 6, 4, 3], got [1, 3, 4, 6, 4]");
  }

  @Test
  void normalise_bytesAndFloats_agree() {
    Tensor bytes = new Patchify(CLIP).tokens(numbered());
    Tensor unit = bytes.to(ScalarType.Float).div(new Scalar(255.0));
    Tensor normalised = PixelNorm.IMAGENET.normalise(bytes);
    assertClose(normalised, PixelNorm.IMAGENET.normalise(unit), 0, "from floats");
    double first = (HostArrays.toFloats(unit)[1] - 0.456) / 0.224;
    assertThat((double) HostArrays.toFloats(normalised)[1]).isCloseTo(first, within(1e-6));
  }
}
